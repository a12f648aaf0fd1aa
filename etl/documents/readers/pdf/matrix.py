"""Matrices of ISO 32000-1 section 8.3.3: six numbers that move and turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
"""Left, low, right and high edge, in points."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def number_of(value: Any) -> float:
    """An operand, or 0 for one that is no number."""
    return float(value) if isinstance(value, (int, float)) else 0.0


def matrix_of(operands: Any) -> Matrix:
    """Six operands, or the identity for any other number of them."""
    numbers = [number_of(value) for value in operands]
    if len(numbers) != 6:
        return IDENTITY
    a, b, c, d, e, f = numbers
    return (a, b, c, d, e, f)


def times(m: Matrix, n: Matrix) -> Matrix:
    """First `m`, then `n`."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def upright(page: PageObject) -> Matrix:
    """Turns the page as it is shown: a wide table may be set on its side."""
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    turned: dict[int, Matrix] = {
        90: (0.0, -1.0, 1.0, 0.0, 0.0, width),
        180: (-1.0, 0.0, 0.0, -1.0, width, height),
        270: (0.0, 1.0, -1.0, 0.0, height, 0.0),
    }
    return turned.get(page.rotation % 360, IDENTITY)


def shown_of(page: PageObject) -> Box:
    """What is shown of the page, turned upright like its text."""
    box, turn = page.cropbox, upright(page)
    corners = [
        times((1.0, 0.0, 0.0, 1.0, float(x), float(y)), turn)[4:]
        for x in (box.left, box.right)
        for y in (box.bottom, box.top)
    ]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return (min(xs), min(ys), max(xs), max(ys))
