"""Where each piece of text stands on a PDF page: pypdf's operators, our own pen.

pypdf's `extract_text` returns no positions inside a line, so a raised "2" of a
note and a lowered "2" of CO₂ look alike. Here pypdf reads the file, inflates
and splits the content, and maps bytes to characters; this module moves the pen
as ISO 32000-1 section 9.4 says and keeps where each run starts and ends.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DictionaryObject,
    NameObject,
    StreamObject,
)

from etl.documents.block import letters
from etl.documents.readers.pdf.fonts import Font, Fonts, decode
from etl.documents.readers.pdf.matrix import (
    IDENTITY,
    Box,
    Matrix,
    matrix_of,
    number_of,
    shown_of,
    times,
    upright,
)
from etl.documents.text import compose, compose_loose
from etl.errors import DocumentFault

if TYPE_CHECKING:
    from pypdf import PageObject

MAX_OPERATORS = 400_000
"""A page of dense text has some 3,000; a flood is refused before it costs minutes."""

MAX_FORMS = 200
"""Form XObjects drawn on one page, counting each time."""

MAX_DEPTH = 8
DEEP = 1_000
"""Letters that a form nested deeper is taken to hold: enough to be noticed."""

_PICTURED = 0.2
"""Of the page that is shown, the share that one picture must cover to count."""

_SPACE_GAP = 0.17
"""A gap of this part of the letter size is a word space (a space is 0.25 to 0.33)."""


@dataclass(slots=True)
class Run:
    """Text set in one go. Positions and sizes in points, origin at the lower left.

    `size` is the height of the letters; `tag` the innermost known tag of the
    marked content it belongs to, `content` counts the marked contents.
    """

    text: str
    x: float
    y: float
    end: float
    size: float
    tag: str = ""
    content: int = 0


@dataclass(slots=True)
class Drawn:
    """What a page shows.

    `lost` counts the letters that came into no run: text that is turned, in a font
    that cannot be decoded, or in forms nested too deeply. `pictured` is set when one
    picture covers a fifth of the page or more.
    """

    runs: list[Run] = field(default_factory=list)
    lost: int = 0
    pictured: bool = False


@dataclass(slots=True)
class _State:
    """The part of the graphics state that moves text."""

    matrix: Matrix = IDENTITY
    font: Font | None = None
    size: float = 1.0
    character_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0

    def copy(self) -> _State:
        return _State(
            self.matrix,
            self.font,
            self.size,
            self.character_space,
            self.word_space,
            self.stretch,
            self.leading,
            self.rise,
        )


def read_runs(page: PageObject, fonts: Fonts) -> Drawn:
    """The runs of a page in the order they are drawn; what is cropped is not shown.

    Raises DocumentFault (`pdf_limits`) for a flood of operators.
    """
    resources = page.get("/Resources")
    contents = page.get_contents()
    if resources is None or contents is None:
        return Drawn()
    pen = _Pen(page.pdf, fonts, shown_of(page))
    pen.draw(contents, resources.get_object(), _State(upright(page)), 0)
    return pen.drawn


class _Pen:
    """Executes the operators of one page."""

    def __init__(self, pdf: Any, fonts: Fonts, shown: Box) -> None:
        self.drawn = Drawn()
        self._shown = shown
        self._pdf = pdf
        self._fonts = fonts
        self._operators = 0
        self._forms = 0
        self._tags: list[str] = []
        self._content = 0
        self._text: Matrix = IDENTITY
        self._line: Matrix = IDENTITY
        self._state = _State()
        self._handlers: dict[bytes, Callable[[list[Any]], None]] = {
            b"BT": self._begin,
            b"cm": self._concatenate,
            b"Tm": self._set_matrix,
            b"Td": self._move,
            b"TD": self._move_leading,
            b"T*": self._next_line,
            b"Tj": self._show,
            b"TJ": self._show_array,
            b"'": self._show_next,
            b'"': self._show_spaced,
            b"Tc": partial(self._set, "character_space"),
            b"Tw": partial(self._set, "word_space"),
            b"Tz": self._set_stretch,
            b"TL": partial(self._set, "leading"),
            b"Ts": partial(self._set, "rise"),
            b"BDC": self._open_tag,
            b"BMC": self._open_tag,
            b"EMC": self._close_tag,
        }

    def draw(
        self, stream: Any, resources: DictionaryObject, state: _State, depth: int
    ) -> None:
        """Execute one content stream; forms in it are drawn where they are called."""
        fonts = self._fonts.of(resources)
        self._state = state
        stack: list[_State] = []
        content = ContentStream(stream, self._pdf, "bytes")
        for operands, operator in content.operations:
            self._operators += 1
            if self._operators > MAX_OPERATORS:
                raise DocumentFault("pdf_limits", f"over {MAX_OPERATORS} operators")
            if operator == b"q":
                stack.append(self._state.copy())
            elif operator == b"Q":
                self._state = stack.pop() if stack else self._state
            elif operator == b"Tf" and len(operands) == 2:
                self._state.font = fonts.get(operands[0])
                self._state.size = number_of(operands[1])
            elif operator == b"Do" and operands:
                self._object(resources, operands[0], depth)
            elif operator == b"INLINE IMAGE":
                self._picture()
            else:
                self._execute(operator, operands)

    def _object(self, resources: DictionaryObject, name: Any, depth: int) -> None:
        listed = resources.get("/XObject")
        found = listed.get_object().get(name) if listed is not None else None
        found = found.get_object() if found is not None else None
        if not isinstance(found, StreamObject):
            return
        if found.get("/Subtype") == "/Image":
            self._picture()
        elif found.get("/Subtype") == "/Form" and depth < MAX_DEPTH:
            self._form(found, resources, depth)
        elif found.get("/Subtype") == "/Form":
            self.drawn.lost += DEEP

    def _form(
        self, form: StreamObject, resources: DictionaryObject, depth: int
    ) -> None:
        self._forms += 1
        if self._forms > MAX_FORMS:
            raise DocumentFault("pdf_limits", f"over {MAX_FORMS} forms on one page")
        outer = self._state
        inner = outer.copy()
        inner.matrix = times(matrix_of(form.get("/Matrix", [])), outer.matrix)
        own = form.get("/Resources")
        self.draw(form, own.get_object() if own else resources, inner, depth + 1)
        self._state = outer

    def _picture(self) -> None:
        """A picture fills the unit square of the matrix it is drawn in."""
        a, b, c, d, _, _ = self._state.matrix
        left, low, right, high = self._shown
        if abs(a * d - b * c) >= _PICTURED * (right - left) * (high - low):
            self.drawn.pictured = True

    def _execute(self, operator: bytes, operands: list[Any]) -> None:
        handler = self._handlers.get(operator)
        if handler is not None:
            handler(operands)

    def _begin(self, _operands: list[Any]) -> None:
        self._text = self._line = IDENTITY

    def _concatenate(self, operands: list[Any]) -> None:
        self._state.matrix = times(matrix_of(operands), self._state.matrix)

    def _set_matrix(self, operands: list[Any]) -> None:
        self._text = self._line = matrix_of(operands)

    def _move(self, operands: list[Any]) -> None:
        if len(operands) >= 2:
            x, y = number_of(operands[0]), number_of(operands[1])
            self._text = self._line = times((1.0, 0.0, 0.0, 1.0, x, y), self._line)

    def _move_leading(self, operands: list[Any]) -> None:
        if len(operands) >= 2:
            self._state.leading = -number_of(operands[1])
        self._move(operands)

    def _next_line(self, _operands: list[Any]) -> None:
        self._move([0.0, -self._state.leading])

    def _show_next(self, operands: list[Any]) -> None:
        self._next_line([])
        self._show(operands)

    def _show_spaced(self, operands: list[Any]) -> None:
        if len(operands) >= 3:
            self._state.word_space = number_of(operands[0])
            self._state.character_space = number_of(operands[1])
            self._show_next(operands[2:])

    def _show(self, operands: list[Any]) -> None:
        if operands:
            self._show_all([operands[0]])

    def _show_array(self, operands: list[Any]) -> None:
        if operands and isinstance(operands[0], ArrayObject):
            self._show_all(operands[0])

    def _set(self, name: str, operands: list[Any]) -> None:
        if operands:
            setattr(self._state, name, number_of(operands[0]))

    def _set_stretch(self, operands: list[Any]) -> None:
        if operands:
            self._state.stretch = number_of(operands[0]) / 100

    def _open_tag(self, operands: list[Any]) -> None:
        self._tags.append(str(operands[0]) if operands else "")
        self._content += 1

    def _close_tag(self, _operands: list[Any]) -> None:
        if self._tags:
            self._tags.pop()
        self._content += 1

    def _show_all(self, pieces: list[Any]) -> None:
        """Set the strings of one TJ array as a single run, word gaps filled in."""
        state = self._state
        whole = times(self._text, state.matrix)
        height = (whole[2] ** 2 + whole[3] ** 2) ** 0.5 * abs(state.size)
        across = (whole[0] ** 2 + whole[1] ** 2) ** 0.5
        if state.font is None or not state.font.interpretable:
            self.drawn.lost += sum(
                len(p) for p in pieces if isinstance(p, (str, bytes))
            )
            return
        text, width = "", 0.0
        for piece in pieces:
            if isinstance(piece, (int, float)):
                width -= float(piece) / 1000 * state.size * state.stretch
                gap = -float(piece) / 1000
                if gap > _SPACE_GAP and text and not text.endswith(" "):
                    text += " "
            elif isinstance(piece, (str, bytes)) and not isinstance(piece, NameObject):
                shown, advance = self._advance(piece, state.font)
                text += shown
                width += advance
        self._text = times((1.0, 0.0, 0.0, 1.0, width, 0.0), self._text)
        upright = abs(whole[1]) < 0.1 * abs(whole[0]) if whole[0] else False
        if not (upright and whole[0] > 0):
            self.drawn.lost += letters(text)
        elif text:
            x, y = whole[4], whole[5] + state.rise * whole[3]
            self._add(compose_loose(text), x, y, x + width * across, height)

    def _advance(self, piece: str | bytes, font: Font) -> tuple[str, float]:
        """The characters of a string and how far they move the pen, in text space."""
        state = self._state
        text, codes, width = decode(piece, font)
        total = width / 1000 * state.size + len(codes) * state.character_space
        total += codes.count(" ") * state.word_space
        return text, total * state.stretch

    def _add(self, text: str, x: float, y: float, end: float, size: float) -> None:
        tag = next((t for t in reversed(self._tags) if t in TAGS), "")
        run = Run(text, x, y, end, size, tag, self._content)
        left, low, right, high = self._shown
        if not (left < end and x < right and low < y < high):
            return
        last = self.drawn.runs[-1] if self.drawn.runs else None
        if last is None or not (_overprints(last, run) or _repeats(last, run)):
            self.drawn.runs.append(run)


TAGS = frozenset(
    "/H /H1 /H2 /H3 /P /Note /TR /TD /TH /L /LI /Lbl /LBody /Artifact /Footnote".split()
)
"""Structure types of ISO 32000-1 section 14.8.4 that say what a run is."""


def _repeats(before: Run, run: Run) -> bool:
    """Whether a text is drawn twice in its place, to look bold or by mistake."""
    near = 0.1 * run.size
    return (
        before.text == run.text
        and abs(run.x - before.x) < near
        and abs(run.y - before.y) < near
    )


def _overprints(before: Run, run: Run) -> bool:
    """Put an accent that is drawn over the letter before it onto that letter."""
    accent = run.text.strip()
    if len(accent) != 1 or abs(run.y - before.y) > before.size or not before.text:
        return False
    composed = compose(before.text[-1], accent)
    if composed is None or run.x > before.end - 0.02 * before.size:
        return False
    before.text = before.text[:-1] + composed + run.text[run.text.index(accent) + 1 :]
    before.end = max(before.end, run.end)
    return True
