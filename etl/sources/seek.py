"""Where in a feed of millions of places a day begins, in some thirty looks. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from etl.errors import SourceChanged

Mark = tuple[int | None, datetime | None]
"""An entry: the token right after it, and when it was received."""

MOST = 60
"""Looks in all; a feed that needs more is not in order."""

FIRST_STEP = 1 << 20


def seek(look: Callable[[int | None], Sequence[Mark]], moment: datetime) -> str | None:
    """The token after the last entry received before `moment`.

    `look` gives the page after a token, None for the first page; behind the end it
    is empty. None is the beginning. Raises SourceChanged for a feed without order.
    """
    search = _Search(look, moment)
    older, reached = search.at(None)
    if reached or older is None:
        return None if older is None else str(older)
    # From ever further on until a page is newer or empty, then by halves.
    step, newer = FIRST_STEP, None
    while newer is None or newer > older:
        probe = older + step if newer is None else (older + newer) // 2
        found, reached = search.at(probe)
        if found is None:
            newer = probe
        elif found < probe:
            raise SourceChanged(f"the feed after {probe} gives entries before {found}")
        else:
            older = found
            if reached:
                break
        step *= 2
    return str(older)


class _Search:
    def __init__(
        self, look: Callable[[int | None], Sequence[Mark]], moment: datetime
    ) -> None:
        self._look = look
        self._moment = moment
        self._looks = 0

    def at(self, token: int | None) -> tuple[int | None, bool]:
        """The token of the last leading entry that is older, and if a newer came.

        None where the page begins with a newer one or is empty.
        """
        self._looks += 1
        if self._looks > MOST:
            raise SourceChanged(f"the feed has no order: {MOST} requests led nowhere")
        marks = self._look(token)
        older: int | None = None
        for place, received in marks:
            if received is not None and received >= self._moment:
                return older, True
            if place is not None:
                older = place
        if marks and older is None:
            raise SourceChanged("a page of the feed without any token")
        return older, False
