"""What differs between two readings of a publication, in short and by name. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SHORT = 60
"""Most characters of a value that are shown."""

BEFORE = 15
"""Of them, those before the place where two texts begin to differ."""

Block = Mapping[str, Any]
"""A JSON object."""

_BLOCKS = {"vragen": "label", "antwoorden": "label", "noten": "nummer"}
"""Lists compared one by one, with what each is called by."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value, before and after, each None where it was not there.

    `part` is the key of the JSON that it belongs to.
    """

    part: str
    name: str
    old: str | None
    new: str | None

    def __str__(self) -> str:
        old, new = (_quoted(one) for one in (self.old, self.new))
        return f"{self.name}: {old} -> {new}"


def changes(old: Block, new: Block) -> list[Change]:
    """Every value that differs between two publications as JSON, in that order."""
    return [
        change
        for part in new
        if old[part] != new[part]
        for change in _changes(part, old[part], new[part])
    ]


def _changes(part: str, old: Any, new: Any) -> Iterator[Change]:
    if part in _BLOCKS:
        yield from _blocks(part, old, new)
    elif isinstance(old, list | tuple) and isinstance(new, list | tuple):
        gone = [one for one in old if one not in new]
        come = [one for one in new if one not in old]
        if not gone and not come:
            # the same ones in another order, or one of them more often
            gone, come = [*old], [*new]
        yield _change(part, part, _list(gone), _list(come))
    else:
        yield _change(part, part, _text(old), _text(new))


def _blocks(part: str, old: Sequence[Block], new: Sequence[Block]) -> Iterator[Change]:
    held, come = _named(part, old), _named(part, new)
    if held == come:
        yield _change(part, f"order of {part}", _list(held), _list(come))
    for name in dict.fromkeys((*held, *come)):
        before, after = held.get(name), come.get(name)
        if before != after:
            yield _change(part, name, *_differing(before, after))


def _named(part: str, blocks: Sequence[Block]) -> dict[str, Block]:
    """The blocks by what each is called, a second of that name with its number."""
    found: dict[str, Block] = {}
    for block in blocks:
        called = str(block[_BLOCKS[part]])
        name = f"noot {called}" if part == "noten" else called or part
        number, unique = 1, name
        while unique in found:
            number += 1
            unique = f"{name} ({number})"
        found[unique] = block
    return found


def _differing(old: Block | None, new: Block | None) -> tuple[str | None, str | None]:
    """Their texts; what stands beside them where those are the same."""
    if old is None or new is None or old["tekst"] != new["tekst"]:
        return (old["tekst"] if old else None, new["tekst"] if new else None)
    keys = [key for key in new if old[key] != new[key]]
    before, after = ([{key: one[key]} for key in keys] for one in (old, new))
    return _list(before), _list(after)


def _change(part: str, name: str, old: str | None, new: str | None) -> Change:
    at = _first_difference(old or "", new or "")
    return Change(part, name, _short(old, at), _short(new, at))


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _list(values: Iterable[Any]) -> str | None:
    return ", ".join(str(_text(one)) for one in values) or None


def _first_difference(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _short(text: str | None, at: int) -> str | None:
    """At most SHORT characters, those around the place where it begins to differ."""
    if text is None or len(text) <= SHORT:
        return text
    start = max(0, min(at - BEFORE, len(text) - SHORT))
    end = start + SHORT
    head, tail = "…" if start else "", "…" if end < len(text) else ""
    return f"{head}{text[start:end]}{tail}"


def _quoted(text: str | None) -> str:
    return "nothing" if text is None else f"«{text}»"
