"""Earlier numbers in every spelling of the line "Zie ook Aanhangsel Handelingen"."""

from __future__ import annotations

import pytest

from etl.documents.grammar.kop import parse_kop

ASKED = "Vragen van het lid Podt (D66) aan de Minister van Financiën over geld"
SENT = "(ingezonden 3 juni 2021)."


def zie_ook(text: str) -> list[tuple[str, int]]:
    answer = "Antwoord van Minister Hoekstra (Financiën) (ontvangen 21 juni 2021)."
    kop = parse_kop(f"{ASKED} {SENT} {answer} {text}")
    return [(one.vergaderjaar, one.aanhangselnummer) for one in kop.zie_ook]


@pytest.mark.parametrize(
    ("text", "others"),
    [
        (
            "Zie ook Aanhangsel Handelingen, vergaderjaar 2023–2024, nr. 2147.",
            [("2023-2024", 2147)],
        ),
        (
            "Zie ook Aanhangsel Handelingen, vergaderjaar 2014–2015, nr. 403",
            [("2014-2015", 403)],
        ),
        (
            "Zie ook Aanhangsel Handelingen, vergaderjaar 2023–2024, 1028.",
            [("2023-2024", 1028)],
        ),
        (
            "Zie ook Aanhangsels Handelingen, vergaderjaar 2023-2024, nr. 176 en 175.",
            [("2023-2024", 176), ("2023-2024", 175)],
        ),
        (
            "Zie ook Aanhangsel Handelingen, vergaderjaar 2019–2020, nrs. 7, 8 en 9.",
            [("2019-2020", 7), ("2019-2020", 8), ("2019-2020", 9)],
        ),
        (
            "Zie Aanhangsel Handelingen, vergaderjaar 2022–2023, nr. 844",
            [("2022-2023", 844)],
        ),
        (
            "Zie ook Aanhangsel Handelingen, vergaderjaar 2022–2023, nrs. 1.844 en 12",
            [("2022-2023", 1844), ("2022-2023", 12)],
        ),
        (
            (
                "Zie ook Aanhangsel Handelingen, vergaderjaar 2022–2023, nr. 1767 en "
                "Aanhangsel Handelingen, vergaderjaar 2023–2024, nr. 5"
            ),
            [("2022-2023", 1767), ("2023-2024", 5)],
        ),
        (
            "Zie ookAanhangsel Handelingen,vergaderjaar 2024–2025,nr. 156",
            [("2024-2025", 156)],
        ),
        (
            (
                "Zie ook Aanhangsel Handelingen, vergaderjaar 2023–2024, nr. 1743. Zie ook "
                "Aanhangsel Handelingen, vergaderjaar 2023–2024, nr. 1743. Zie ook "
                "Aanhangsel Handelingen, vergaderjaar 2023–2024, nr. 1744."
            ),
            [("2023-2024", 1743), ("2023-2024", 1743), ("2023-2024", 1744)],
        ),
        (
            (
                "Zie ook Aanhangsel Handelingen, vergaderjaar 2018–2019, nr. 3512 en "
                "vergaderjaar 2019–2020, nr. 1."
            ),
            [("2018-2019", 3512), ("2019-2020", 1)],
        ),
        (
            "Zie ook Aanhangsel van de Handelingen II, vergaderjaar 2013/14, nr. 12",
            [("2013-2014", 12)],
        ),
        ("Zie ook het antwoord op vraag 8.", []),
        (
            "Zie ookAanhangselHandelingen,vergaderjaar2024–2025,nr.318",
            [("2024-2025", 318)],
        ),
        (
            (
                "Zie ook Aanhangsel Handelingen, vergaderjaar 2023–2024, nr. 12; nr. 13, "
                "en nr.14."
            ),
            [("2023-2024", 12), ("2023-2024", 13), ("2023-2024", 14)],
        ),
        (
            "Zie ook Aanhangsels Handelingen, vergaderjaar 2023-2024, nrs. 12 t/m 14",
            [("2023-2024", 12), ("2023-2024", 13), ("2023-2024", 14)],
        ),
        (
            "Zie ook: Aanhangsel der Handelingen, vergaderjaar 2023–2024, nummers 1, 3",
            [("2023-2024", 1), ("2023-2024", 3)],
        ),
        (
            (
                "Zie ook Aanhangsel Handelingen, vergaderjaar 2023–2024, nr. 12; "
                "vergaderjaar 2024–2025, nr. 3; Zie ook Aanhangsel Handelingen, "
                "vergaderjaar 2024–2025, nr. 4"
            ),
            [("2023-2024", 12), ("2024-2025", 3), ("2024-2025", 4)],
        ),
        (
            "Zie ook Aanhangsel Handelingen, vergaderjaar 2023–2024, nr. 12–9000",
            [("2023-2024", 12), ("2023-2024", 9000)],
        ),
        ("Zie ook Aanhangsel Handelingen, vergaderjaar 2022–203, nr. 844", []),
    ],
)
def test_earlier_numbers_are_listed_as_printed(
    text: str, others: list[tuple[str, int]]
) -> None:
    assert zie_ook(text) == others
