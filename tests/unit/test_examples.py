"""Real publications, read whole, against what a person read in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from etl.documents import understand
from etl.documents.pdf import read_pdf

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "tests" / "examples" / "publicatie"
SHIPPED = ROOT / "etl" / "demo" / "data"
FORMS = ("xml", "html", "pdf", "txt")

DOCUMENTS = sorted(
    path
    for form in FORMS
    for path in [*EXAMPLES.glob(f"*.{form}"), *SHIPPED.glob(f"*/ah-*.{form}")]
)
IN_THREE_FORMS = "ah-tk-20202021-3235"


def read(path: Path) -> dict[str, Any]:
    publicatie = understand(path.read_bytes(), read_pdf=read_pdf).publicatie
    value: dict[str, Any] = json.loads(json.dumps(publicatie.as_json()))
    return value


def expected_of(path: Path) -> dict[str, Any]:
    """What a person read; without it, a draft is written and the test fails."""
    file = EXAMPLES / f"{path.stem}.expected.json"
    if not file.exists():
        draft = json.dumps(read(path), ensure_ascii=False, indent=1)
        file.write_text(f"{draft}\n", "utf-8")
        pytest.fail(f"{file.name} is a draft: read it beside the document first")
    expected: dict[str, Any] = json.loads(file.read_text("utf-8"))
    expected.pop("opmerkingen", None)
    return expected


def as_far_as(expected: Any, value: Any) -> Any:
    """The value without the keys of its objects that the expectation leaves out."""
    if not (isinstance(expected, list) and expected and isinstance(expected[0], dict)):
        return value
    return [{key: item[key] for key in expected[0]} for item in value]


def test_there_are_documents_to_read() -> None:
    assert len(DOCUMENTS) >= 20


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_says_what_a_person_read_in_it(path: Path) -> None:
    expected = expected_of(path)
    value = read(path)
    for key, wanted in expected.items():
        assert as_far_as(wanted, value[key]) == wanted, key


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_the_same_publication_is_the_same_in_every_form(form: str) -> None:
    folder = SHIPPED / IN_THREE_FORMS
    xml = read(folder / f"{IN_THREE_FORMS}.xml")
    other = read(folder / f"{IN_THREE_FORMS}.{form}")
    # Only the HTML page names the case; no text of the publication does.
    assert {**other, "zaaknummers": []} == xml
