"""The fonts of a PDF: which characters its bytes are, and how wide."""

from __future__ import annotations

from typing import Any

from pypdf.generic import DictionaryObject

# Not exported by pypdf, and the only way to its character maps and widths; the
# golden files hold us to it on every upgrade.
from pypdf.generic._font import Font

__all__ = ["Font", "Fonts", "decode"]


class Fonts:
    """The fonts of one document, each built once."""

    def __init__(self) -> None:
        self._built: dict[tuple[int, int], Font] = {}
        # A font without a number of its own goes by its address: keep it alive.
        self._kept: list[DictionaryObject] = []

    def of(self, resources: DictionaryObject) -> dict[str, Font]:
        """Name to font of one page or form."""
        listed = resources.get("/Font")
        fonts = listed.get_object() if listed is not None else {}
        if not isinstance(fonts, DictionaryObject):
            return {}
        found = {}
        for name in fonts:
            raw = fonts.raw_get(name)
            resource = raw.get_object()
            if isinstance(resource, DictionaryObject):
                found[str(name)] = self._build(raw, resource)
        return found

    def _build(self, raw: Any, resource: DictionaryObject) -> Font:
        key = (getattr(raw, "idnum", -id(resource)), getattr(raw, "generation", 0))
        if key not in self._built:
            self._kept.append(resource)
            self._built[key] = Font.from_font_resource(resource)
        return self._built[key]


def decode(piece: str | bytes, font: Font) -> tuple[str, str, float]:
    """The characters of a string, its codes, and their width in thousandths."""
    raw = piece if isinstance(piece, bytes) else piece.encode("latin-1", "replace")
    if isinstance(font.encoding, str):
        codes = raw.decode(font.encoding, "replace")
        letters = codes
    else:
        codes = raw.decode("latin-1")
        letters = "".join(font.encoding.get(code, chr(code)) for code in raw)
    widths, default = font.character_widths, font.character_widths.get("default", 500)
    total = sum(widths.get(code, default) for code in codes)
    mapping = font.character_map
    text = (
        "".join(mapping.get(letter, letter) for letter in letters)
        if mapping
        else letters
    )
    return text, codes, total
