"""Figures between bounds, and none where there is too little to go by."""

from __future__ import annotations

from typing import Any

import pytest

from etl.expectations import BOUNDS, Facts, measure


def facts(**given: Any) -> Facts:
    nothing = {
        "open_problems": 0,
        "records": 0,
        "recent": 0,
        "earlier": (),
        "forms_now": 0,
        "xml_now": 0,
        "pdf_now": 0,
        "forms_before": 0,
        "xml_before": 0,
        "pdf_before": 0,
    }
    return Facts(**{**nothing, **given})


def verdicts(**given: Any) -> dict[str, str]:
    return {one.name: one.verdict for one in measure(facts(**given))}


def test_an_empty_database_is_expected_to_be_nothing() -> None:
    assert measure(facts()) == []


@pytest.mark.parametrize(
    ("open_problems", "records", "verdict"),
    [
        (1, 10, "ok"),  # one of eleven says nothing
        (1, 199, "ok"),
        (5, 995, "ok"),  # 0.5 %
        (6, 994, "warning"),
        (20, 980, "warning"),  # 2 %
        (21, 979, "error"),
    ],
)
def test_the_share_in_quarantine(
    open_problems: int, records: int, verdict: str
) -> None:
    found = verdicts(open_problems=open_problems, records=records)
    assert found == {"quarantine_share": verdict}


@pytest.mark.parametrize(
    ("recent", "earlier", "verdict"),
    [
        (270, (300, 280, 260), "ok"),
        (100, (300, 280, 260), "warning"),
        (0, (300, 280, 260), "error"),
        (600, (300, 280, 260), "warning"),
        (0, (300, 0, 0), "error"),  # the years before were not loaded
        (0, (20, 0, 0), None),  # a recess: nothing to compare with
        (50, (), None),
    ],
)
def test_the_volume_of_the_same_weeks(
    recent: int, earlier: tuple[int, ...], verdict: str | None
) -> None:
    assert verdicts(recent=recent, earlier=earlier).get("volume") == verdict


def test_a_form_that_vanishes() -> None:
    before = {"forms_before": 1000, "xml_before": 990, "pdf_before": 10}
    same = verdicts(forms_now=200, xml_now=197, pdf_now=3, **before)
    assert (same["share_xml"], same["share_pdf"]) == ("ok", "ok")
    gone = verdicts(forms_now=200, xml_now=0, pdf_now=200, **before)
    assert (gone["share_xml"], gone["share_pdf"]) == ("error", "error")
    going = verdicts(forms_now=200, xml_now=160, pdf_now=40, **before)
    assert (going["share_xml"], going["share_pdf"]) == ("warning", "warning")


def test_a_figure_says_what_was_expected() -> None:
    (volume,) = measure(facts(recent=100, earlier=(300,)))
    assert volume.in_words() == (
        "volume is 0.333; expected at least 0.6 and at most 1.6"
    )


def test_each_bound_has_its_reason() -> None:
    assert all(len(bounds.reason) > 30 for bounds in BOUNDS.values())
