"""The replica understands queries as the real search was seen to."""

from __future__ import annotations

import pytest

from etl.demo.cql import Unreadable, compiled

RECORD = {
    "w.publicatienaam": ("Kamervragen (Aanhangsel)",),
    "w.vergaderjaar": ("2022-2023",),
    "dt.creator": ("Tweede Kamer der Staten-Generaal",),
    "dt.modified": ("2023-02-14",),
    "w.vraagnummer": ("2023Z00306", "2023Z00307"),
}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('w.publicatienaam=="Kamervragen (Aanhangsel)"', True),
        ('w.publicatienaam=="Kamervragen"', False),
        ("w.vergaderjaar==2022-2023", True),
        ('dt.modified>="2023-02-14" and dt.modified<"2023-02-15"', True),
        ('dt.modified>"2023-02-14"', False),
        ('dt.modified<="2023-02-13"', False),
        ('w.vraagnummer=="2023Z00307"', True),
        ('dt.modified>="2023" NOT (w.vergaderjaar=="2022-2023")', False),
        ('dt.modified>="2023" not (w.vergaderjaar=="2021-2022")', True),
        ('w.vergaderjaar=="x" or (dt.modified>"2022" AND dt.creator>="T")', True),
        ('dt.identifier=="x"', False),
    ],
)
def test_a_query_selects(query: str, expected: bool) -> None:
    assert compiled(query)(RECORD) is expected


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("w.publicatienaam==Kamervragen (Aanhangsel)", 10),
        ("dt.modified==1 AND NOT dt.modified==2", 10),
        ("(dt.modified==1", 10),
        ("dt.modified==", 10),
        ('dt.modified=="1', 10),
        ("", 10),
        ("w.kamervraagnummer==1", 16),
    ],
)
def test_a_query_that_is_wrong_gets_a_diagnostic(query: str, number: int) -> None:
    with pytest.raises(Unreadable) as raised:
        compiled(query)
    assert raised.value.number == number
