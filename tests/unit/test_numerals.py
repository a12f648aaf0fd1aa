from __future__ import annotations

import pytest

from etl.documents.numerals import roman


@pytest.mark.parametrize(
    ("number", "numeral"),
    [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (40, "xl"), (1994, "mcmxciv")],
)
def test_a_number_in_roman_numerals(number: int, numeral: str) -> None:
    assert roman(number) == numeral
