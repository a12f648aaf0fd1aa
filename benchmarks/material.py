"""Publications to measure with, made from the shipped ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.demo.shipped import shipped

MODERN = "ah-tk-20202021-3235"
"""The shipped publication that has an XML body."""

LARGE = 4
"""So often its nine questions and answers are repeated to make about 30 KB."""


def xml_documents(count: int, repeats: int = 1) -> Iterator[tuple[str, bytes]]:
    """Identifiers and XML bodies, each with a number and texts of its own."""
    source = body(MODERN, "xml").decode()
    head, _, rest = source.partition("<vraag>")
    blocks, _, tail = ("<vraag>" + rest).partition("</kamervragen>")
    for number in range(1, count + 1):
        repeated = "".join(numbered(blocks, turn, number) for turn in range(repeats))
        text = f"{head}{repeated}</kamervragen>{tail}".replace("3235", str(number))
        yield f"ah-tk-20202021-{number}", text.encode()


def numbered(blocks: str, turn: int, number: int) -> str:
    """The nine questions and answers as numbers 10 to 18, 19 to 27 and so on."""
    shifted = re.sub(
        r"(?<=>)(Vraag|Antwoord) (\d+)(?=</nr>)",
        lambda found: f"{found[1]} {int(found[2]) + turn * 9}",
        blocks,
    )
    return shifted.replace("</al>", f" ({number}, {turn + 1}).</al>")


def bodies(extension: str) -> list[bytes]:
    """Every shipped body of one format."""
    found = (one.files.get(extension) for one in shipped())
    return [each for each in found if each is not None]


def body(identifier: str, extension: str) -> bytes:
    """One shipped body."""
    found = next(one for one in shipped() if one.identifier == identifier)
    return found.files[extension]
