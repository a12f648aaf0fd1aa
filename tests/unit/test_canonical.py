"""One written form for each value, however the Kamer spelled it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.model.canonical import Kind, canonical, instant


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (Kind.TEXT, " \r\n Procedures en brieven\t", "Procedures en brieven"),
        (Kind.TEXT, "een\r\ntwee\rdrie", "een\ntwee\ndrie"),
        (Kind.TEXT, "a\0b\ud800c", "a\ufffdb\ufffdc"),
        (Kind.TEXT, "\u00a0vast\u00a0", "\u00a0vast\u00a0"),
        (Kind.TEXT, "  ", None),
        (Kind.TEXT, None, None),
        (Kind.TEXT, "e\u0301", "e\u0301"),
        (Kind.TEXT, 151601580, "151601580"),
        (Kind.NUMBER, 29669, "29669"),
        (Kind.NUMBER, " -1 ", "-1"),
        (Kind.NUMBER, "007", "7"),
        (Kind.FLAG, False, "false"),
        (Kind.FLAG, "True", "true"),
        (Kind.FLAG, "0", "false"),
        (Kind.MOMENT, "2024-09-20T00:00:00", "2024-09-20T00:00:00"),
        (Kind.MOMENT, "2024-09-20T00:00:00+02:00", "2024-09-20T00:00:00"),
        (Kind.MOMENT, "2024-09-19T22:00:00Z", "2024-09-20T00:00:00"),
        (Kind.MOMENT, "2025-02-07T00:00:00+0100", "2025-02-07T00:00:00"),
        (Kind.MOMENT, "2025-02-07", "2025-02-07T00:00:00"),
        (Kind.MOMENT, "2024-02-19T10:59:02.3670000", "2024-02-19T10:59:02.367"),
        (Kind.MOMENT, "2024-02-19T10:59:02.0000000", "2024-02-19T10:59:02"),
        (Kind.MOMENT, "0001-01-01T00:00:00", "0001-01-01T00:00:00"),
        (Kind.DAY, "2012-03-20T00:00:00+01:00", "2012-03-20"),
        (Kind.DAY, "2012-03-19T23:00:00Z", "2012-03-20"),
        (Kind.DAY, "2002-05-23", "2002-05-23"),
        (Kind.DAY, "2002-05-23Z", "2002-05-23"),
        (Kind.DAY, "1980", "1980"),
        (Kind.DAY, "1980-03", "1980-03"),
        (Kind.DAY, "1980-W11", "1980-W11"),
        (Kind.DAY, "1980-W11-4", "1980-W11-4"),
    ],
)
def test_a_value_has_one_form(kind: Kind, value: object, text: str | None) -> None:
    assert canonical(kind, value) == text


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.MOMENT, "2023-02-31T00:00:00"),
        (Kind.MOMENT, "2023-02-28T24:00:00"),
        (Kind.MOMENT, "2023-02-28T00:00:00+99:99"),
        (Kind.MOMENT, "0001-01-01T00:00:00+14:00"),
        (Kind.MOMENT, "9999-12-31T23:59:59-14:00"),
        (Kind.MOMENT, "gisteren"),
        (Kind.DAY, "2023-02-31"),
        (Kind.DAY, "1980-13"),
        (Kind.DAY, "1980-W54"),
        (Kind.DAY, "1980-W11-8"),
        (Kind.DAY, "0000"),
        (Kind.NUMBER, "9" * 5000),
        (Kind.NUMBER, "drie"),
        (Kind.NUMBER, "٣"),
        (Kind.FLAG, "misschien"),
        (Kind.TEXT, ["een"]),
        (Kind.TEXT, 1.5),
    ],
)
def test_an_impossible_value_is_refused(kind: Kind, value: object) -> None:
    with pytest.raises(ValueError, match=" is no "):
        canonical(kind, value)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        # Issue 37: the feed's local time and the same instant of OData.
        ("2026-09-10T13:40:40.9030000", "2026-09-10 11:40:40.903000+00:00"),
        ("2026-09-10T13:40:40.903+02:00", "2026-09-10 11:40:40.903000+00:00"),
        ("2023-08-29T11:10:24Z", "2023-08-29 11:10:24+00:00"),
        ("2023-01-29T11:10:24+0100", "2023-01-29 10:10:24+00:00"),
        # The hour that comes twice is the first one, still in summer time.
        ("2024-10-27T02:30:00", "2024-10-27 00:30:00+00:00"),
        ("2024-10-27T03:00:00", "2024-10-27 02:00:00+00:00"),
    ],
)
def test_an_instant_is_utc(text: str, utc: str) -> None:
    assert str(instant(text)) == utc


@pytest.mark.parametrize("digits", range(8))
def test_an_instant_has_any_number_of_decimals(digits: int) -> None:
    text = "2024-02-19T10:59:02" + ("." if digits else "") + "1" * digits
    micro = int(("1" * digits).ljust(6, "0")[:6])
    expected = datetime(2024, 2, 19, 9, 59, 2, micro, UTC)
    assert instant(text) == expected


@given(
    st.sampled_from(Kind),
    st.one_of(
        st.text(),
        st.integers(),
        st.from_regex(
            r"\d{4}-(\d\d|W\d\d)(-\d\d?)?(T\d\d:\d\d:\d\d(\.\d*)?)?(Z|[+-]\d\d:\d\d)?",
            fullmatch=True,
        ),
    ),
)
def test_a_form_is_final_or_the_value_is_refused(kind: Kind, value: object) -> None:
    try:
        text = canonical(kind, value)
    except ValueError:
        return
    assert canonical(kind, text) == text
    if text is not None:
        text.encode()
