"""Real publications, read whole, against what a person read in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from word import typed

from etl.documents import understand
from etl.documents.readers.pdf import read_pdf
from etl.errors import DocumentFault

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "tests" / "examples" / "publicatie"
OTHER = ROOT / "tests" / "examples" / "other"
SHIPPED = ROOT / "etl" / "demo" / "data"
FORMS = ("xml", "html", "pdf", "docx", "odt", "txt")

DOCUMENTS = sorted(
    path
    for form in FORMS
    for path in [*EXAMPLES.glob(f"*.{form}"), *SHIPPED.glob(f"*/ah-*.{form}")]
)
IN_EVERY_FORM = "ah-tk-20202021-3235"


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


@pytest.mark.parametrize("form", ["html", "pdf", "odt"])
def test_the_same_publication_is_the_same_in_every_form(form: str) -> None:
    folder = SHIPPED / IN_EVERY_FORM
    xml = read(folder / f"{IN_EVERY_FORM}.xml")
    other = read(folder / f"{IN_EVERY_FORM}.{form}")
    # Only the HTML page names the case; no text of the publication does.
    assert {**other, "zaaknummers": []} == xml


@pytest.mark.parametrize(
    "path",
    [path for path in DOCUMENTS if "_docx_" in path.name],
    ids=lambda path: path.name,
)
def test_a_word_file_says_the_same_as_its_text(path: Path) -> None:
    text = path.read_text("utf-8")
    found = understand(typed(text), read_pdf=read_pdf).publicatie
    assert json.loads(json.dumps(found.as_json())) == read(path)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("0787ced2-629a-4d32-ab8f-4b97a7680248.docx", "no_publication"),
        ("09b97518-8d7c-4a90-a090-28e45bc44920.docx", "no_publication"),
        ("ca71487f-866a-43aa-a9d5-ec3e2c3a236c.doc", "format_unknown"),
    ],
)
def test_what_is_no_publication_is_refused_as_what_it_is(name: str, code: str) -> None:
    with pytest.raises(DocumentFault) as caught:
        read(OTHER / name)
    assert caught.value.code == code
