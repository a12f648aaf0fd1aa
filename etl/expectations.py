"""Figures that should lie between bounds, whatever the documents say. Pure.

A run can end well and still have loaded rubbish: half of what it should, or all of it
in a form that is new. Each run is compared with what is usual; outside the bounds
somebody should look (warning), far outside the data is not to be trusted (error).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["ok", "warning", "error"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a figure may be; `None` is no bound. `reason` is why these numbers."""

    lowest: float | None = None
    highest: float | None = None
    error_below: float | None = None
    error_above: float | None = None
    least: int
    """Cases on which the figure must rest to be judged."""
    reason: str


BOUNDS = {
    "quarantine_share": Bounds(
        highest=0.005,
        error_above=0.02,
        least=200,
        reason="of 9,004 PDFs 0.3 % were error pages; above 2 % it is the reader",
    ),
    "volume": Bounds(
        lowest=0.6,
        highest=1.6,
        error_below=0.3,
        least=50,
        reason="a recess that moves a week changes four weeks by a quarter, an election"
        " by half; a source that lost its news by more",
    ),
    "share_xml": Bounds(
        lowest=-0.1,
        highest=0.25,
        error_below=-0.5,
        least=100,
        reason="the publisher gives a form for years; one that goes is a change there",
    ),
    "share_pdf": Bounds(
        lowest=-0.25,
        highest=0.1,
        error_above=0.5,
        least=100,
        reason="PDF is what is read when the better forms are missing",
    ),
}
"""Shares of form are differences to the year before, volume is a ratio."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """From `sql/queries/expectation_facts.sql`.

    Quarantine and records are of one source. Publications are all that are here, as
    one is joined from what several sources say.
    """

    open_problems: int
    records: int
    recent: int
    """Publications of four weeks, those that ended a week ago."""
    earlier: Sequence[int]
    """Of the same weeks of earlier years; none while it is not followed for so long."""
    forms_now: int
    xml_now: int
    pdf_now: int
    """Publications of the last quarter, and how many were read from XML and PDF."""
    forms_before: int
    xml_before: int
    pdf_before: int
    """The same of the year before that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One figure and what to think of it."""

    name: str
    value: float
    lowest: float | None
    highest: float | None
    verdict: Verdict

    def in_words(self) -> str:
        """`quarantine_share is 0.031; expected at most 0.005`."""
        bounds = [
            f"at least {self.lowest:g}" if self.lowest is not None else "",
            f"at most {self.highest:g}" if self.highest is not None else "",
        ]
        expected = " and ".join(filter(None, bounds))
        return f"{self.name} is {self.value:.3g}; expected {expected}"


def measure(facts: Facts, *, series: bool = True) -> list[Measured]:
    """Each figure that rests on enough cases, and the share in quarantine always.

    `series` is whether the source publishes the series itself: volume and forms are of
    all publications, and said once.

    So that the last run that was looked at always has a figure: what an earlier one
    had does not stand for ever.
    """
    return [
        _judged(name, value, cases)
        for name, value, cases in _figures(facts)
        if series or name == "quarantine_share"
    ]


def _figures(facts: Facts) -> Iterator[tuple[str, float, int]]:
    """Name, value, and on how many cases it rests."""
    all_records = facts.records + facts.open_problems
    if all_records:
        yield "quarantine_share", facts.open_problems / all_records, all_records
    usual = [count for count in facts.earlier if count >= BOUNDS["volume"].least]
    if usual:
        yield "volume", facts.recent * len(usual) / sum(usual), min(usual)
    now, before = facts.forms_now, facts.forms_before
    cases = min(now, before)
    if cases >= BOUNDS["share_xml"].least:
        yield "share_xml", facts.xml_now / now - facts.xml_before / before, cases
        yield "share_pdf", facts.pdf_now / now - facts.pdf_before / before, cases


def _judged(name: str, value: float, cases: int) -> Measured:
    bounds = BOUNDS[name]
    verdict: Verdict = "ok"
    if cases >= bounds.least:
        if _outside(value, bounds.lowest, bounds.highest):
            verdict = "warning"
        if _outside(value, bounds.error_below, bounds.error_above):
            verdict = "error"
    return Measured(
        name=name,
        value=value,
        lowest=bounds.lowest,
        highest=bounds.highest,
        verdict=verdict,
    )


def _outside(value: float, low: float | None, high: float | None) -> bool:
    return (low is not None and value < low) or (high is not None and value > high)
