"""Damaged documents of every format: a publication or a fault, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from mutants import mutant, originals, outcome_of

from etl.documents.grammar.kop import parse_kop
from etl.documents.readers.join import joined
from etl.documents.readers.pdf.worker import PdfWorker
from etl.errors import DocumentFault

SEED = int(os.environ.get("MUTANTS_SEED", "1"))
"""Where the seeds start: another number tries other mutants."""

COUNT = 150


@pytest.fixture(scope="module")
def worker() -> Iterator[PdfWorker]:
    with PdfWorker(patience=10, alarm=8) as it:
        yield it


def outcome(seed: int, worker: PdfWorker) -> str:
    """The soort read or the code of the fault; any other error names the seed."""
    made = mutant(seed)
    try:
        return outcome_of(made.body, worker.read)
    except DocumentFault as fault:
        return fault.code
    except Exception as error:
        error.add_note(f"{made}; again with MUTANTS_SEED={seed}")
        raise


def test_a_mutant_is_read_or_refused_and_nothing_else(worker: PdfWorker) -> None:
    found = [outcome(seed, worker) for seed in range(SEED, SEED + COUNT)]
    assert len(set(found)) > 1  # neither all read nor all refused: the test can tell


def test_a_seed_makes_the_same_mutant_again() -> None:
    assert mutant(SEED) == mutant(SEED)


def test_mutants_in_a_row_are_of_every_format() -> None:
    those = {mutant(SEED + place).extension for place in range(len(originals()))}
    assert those == set(originals())


@pytest.mark.parametrize("digits", [6, 11, 5000])
def test_a_number_that_no_publication_has_is_not_referred_to(digits: int) -> None:
    kop = parse_kop(
        "Antwoord van Minister Hoekstra (Financiën) (ontvangen 21 juni 2021). Zie ook "
        f"Aanhangsel Handelingen, vergaderjaar 2019–2020, nr. {'7' * digits} en 12."
    )
    assert [ander.aanhangselnummer for ander in kop.zie_ook] == [12]


@pytest.mark.parametrize(
    "line", ["Zo is het", "https://a.nl/b-", "woord-", "www.a.nl/"]
)
def test_very_many_lines_are_joined_as_few_are(line: str) -> None:
    """Quadratic joining would take minutes here, and the run's patience end it."""
    few = joined([line] * 100).removesuffix("-")
    assert joined([line] * 20_000).startswith(few)
