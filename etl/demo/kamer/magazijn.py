"""The state behind the replica: what it holds, in the order of its last changes."""

from __future__ import annotations

import re
import threading
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from etl.demo.kamer.shape import SHAPES, Shape
from etl.demo.kamer.values import SECOND, Value, When, ticks

FIRST_TOKEN = 26_000_000
ALL = ""
"""Where the tokens of every category stand together."""

_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_NAMES = UUID("7a1c7d6c-30e5-5a0a-9d43-2f4d0c1b2f11")


def guid(name: str) -> str:
    """A stable id for a name."""
    return str(uuid5(_NAMES, name))


@dataclass(slots=True, kw_only=True)
class Held:
    """One entity at its last change.

    `fields` has no nulls; a deleted one keeps what it had, to be restored. `changed`
    and `updated` are ticks: when the source and when the API had it.
    """

    shape: Shape
    id: str
    fields: dict[str, Value]
    refs: dict[str, tuple[str, ...]]
    deleted: bool = False
    placeholder: bool = False
    token: int = 0
    changed: int = 0
    updated: int = 0


@dataclass(slots=True)
class Drift:
    """How the names differ from those that are known, by the XSD's name in any case."""

    renamed: dict[str, str] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)
    added: dict[str, Value] = field(default_factory=dict)

    def name(self, known: str) -> str | None:
        """The name of today, or None for a field that is gone."""
        lower = known.lower()
        return None if lower in self.dropped else self.renamed.get(lower, known)


class Magazijn:
    """Holds entities; every change takes a new token and moves the entity to the end.

    `at` is the time of the next change; each change moves it on by a second, each
    entity of a mass re-publication by a twentieth.
    """

    def __init__(self, shapes: Mapping[str, Shape] = SHAPES) -> None:
        self.shapes = shapes
        self.held: dict[str, Held] = {}
        self.files: dict[str, tuple[bytes, str]] = {}
        self.drift = Drift()
        self.at = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
        self.head = FIRST_TOKEN
        self.state_lock = threading.RLock()
        self._tokens: dict[str, list[int]] = {name: [] for name in (ALL, *shapes)}
        self._by_token: dict[int, Held] = {}
        self._pointing: dict[tuple[str, str, str], dict[str, None]] = {}

    def put(
        self,
        category: str,
        id: str,  # noqa: A002 - the source's own word
        fields: Mapping[str, Value],
        refs: Mapping[str, Sequence[str]] | None = None,
        *,
        changed: When | None = None,
        updated: When | None = None,
    ) -> str:
        """Add or replace an entity; names as in the XSD in any case. Returns its id.

        The times are those of the clock unless given. KeyError for an unknown name.
        """
        shape = self.shapes[category]
        fresh = Held(
            shape=shape,
            id=_valid(id),
            fields={
                shape.field(name): value
                for name, value in fields.items()
                if value is not None
            },
            refs=_refs(shape, refs or {}),
        )
        with self.state_lock:
            former = self.held.get(fresh.id)
            if former and former.shape is not shape:
                raise ValueError(f"{id} is a {former.shape.name}")
            if former:
                self._point(former, wanted=False)
                self._withdraw([former])
            self.held[fresh.id] = fresh
            self._point(fresh, wanted=True)
            self._issue([fresh], changed, updated)
        return fresh.id

    def change(self, id: str, **fields: Value) -> None:  # noqa: A002
        """Give some fields another value; None makes one null."""
        with self.state_lock:
            held = self.held[id]
            for name, value in fields.items():
                spelled = held.shape.field(name)
                held.fields.pop(spelled, None)
                if value is not None:
                    held.fields[spelled] = value
            self._issue([held])

    def link(self, id: str, ref: str, targets: Sequence[str]) -> None:  # noqa: A002
        """Replace the links of one name, in this order."""
        with self.state_lock:
            held = self.held[id]
            self._point(held, wanted=False)
            held.refs = {**held.refs, **_refs(held.shape, {ref: targets})}
            self._point(held, wanted=True)
            self._issue([held])

    def delete(self, id: str) -> None:  # noqa: A002
        """Leave a tombstone."""
        self._mark(id, deleted=True)

    def restore(self, id: str) -> None:  # noqa: A002
        """Bring a deleted entity back as it was."""
        self._mark(id, deleted=False)

    def _mark(self, id: str, *, deleted: bool) -> None:  # noqa: A002
        with self.state_lock:
            held = self.held[id]
            self._point(held, wanted=False)
            held.deleted = deleted
            self._point(held, wanted=True)
            self._issue([held])

    def placeholder(self, category: str, id: str) -> str:  # noqa: A002
        """A row of which everything is null, also whether it was deleted."""
        with self.state_lock:
            known = self.put(category, id, {})
            self.held[known].placeholder = True
        return known

    def republish(self, ids: Iterable[str] | None = None) -> None:
        """Issue these entities again, or all, as changed at one instant; no content."""
        with self.state_lock:
            wanted = self.held if ids is None else ids
            chosen = sorted(
                (self.held[one] for one in wanted), key=lambda one: one.token
            )
            self._issue(chosen, self.at)

    def rename_field(self, old: str, new: str) -> None:
        """From now on a field or link has another name, in every category."""
        self.drift.renamed[old.lower()] = new

    def drop_field(self, name: str) -> None:
        """From now on no entity has this field or link."""
        self.drift.dropped.add(name.lower())

    def add_field(self, name: str, value: Value) -> None:
        """From now on every entity has this field too."""
        self.drift.added[name] = value

    def after(self, category: str, token: int, most: int) -> list[Held]:
        """The next entities of a category, or of ALL, in the order of their tokens."""
        tokens = self._tokens[category]
        start = bisect_right(tokens, token)
        return [self._by_token[each] for each in tokens[start : start + most]]

    def of(self, category: str) -> Iterator[Held]:
        """All of a category, in the order of their tokens."""
        return (self._by_token[token] for token in self._tokens[category])

    def pointing(self, category: str, ref: str, target: str) -> list[Held]:
        """The entities of a category whose ref leads to this target."""
        found = self._pointing.get((category, ref, target), {})
        return [self.held[one] for one in found]

    def _point(self, held: Held, *, wanted: bool) -> None:
        if held.deleted:
            return
        for ref, targets in held.refs.items():
            for target in targets:
                key = (held.shape.name, ref, target)
                if wanted:
                    self._pointing.setdefault(key, {})[held.id] = None
                else:
                    self._pointing[key].pop(held.id, None)

    def _withdraw(self, chosen: Sequence[Held]) -> None:
        """Take entities out of the order: each stands in it once."""
        old = [one for one in chosen if one.token]
        for one in old:
            del self._by_token[one.token]
        if len(old) > 100:
            for name, tokens in self._tokens.items():
                kept = [token for token in tokens if token in self._by_token]
                self._tokens[name] = kept
            return
        for one in old:
            for tokens in (self._tokens[ALL], self._tokens[one.shape.name]):
                del tokens[bisect_left(tokens, one.token)]

    def _issue(
        self,
        chosen: Sequence[Held],
        changed: When | None = None,
        updated: When | None = None,
    ) -> None:
        self._withdraw(chosen)
        pause = timedelta(seconds=1) if len(chosen) == 1 else timedelta(milliseconds=50)
        for held in chosen:
            # The sequence is shared with categories that are not served, so it jumps.
            self.head += 1 + self.head * 7919 % 37
            held.token = self.head
            held.changed = ticks(self.at if changed is None else changed)
            # Seen: `updated` goes back by a fraction of a second within a page.
            late = SECOND + self.head * 104_729 % (3 * SECOND // 2)
            held.updated = ticks(self.at) + late if updated is None else ticks(updated)
            if updated is None:
                self.at += pause
            self._by_token[held.token] = held
            self._tokens[ALL].append(held.token)
            self._tokens[held.shape.name].append(held.token)


def _valid(id: str) -> str:  # noqa: A002
    if not _GUID.fullmatch(id):
        raise ValueError(f"no guid: {id}")
    return id.lower()


def _refs(
    shape: Shape, given: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    return {
        shape.ref(name): tuple(_valid(target) for target in targets)
        for name, targets in given.items()
    }
