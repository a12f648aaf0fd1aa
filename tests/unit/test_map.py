"""A folder of publication files, in any layout."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from etl.errors import ConfigurationError, DocumentFault
from etl.model.record import Bron
from etl.sources.map import Map

NOW = datetime(2026, 11, 24, tzinfo=UTC)
NAME = "ah-tk-20222023-1505"
METADATA = f"""<metadata_gegevens>
<metadata name="DC.identifier" scheme="" content="{NAME}"/>
<metadata name="DC.title" scheme="" content="Antwoord over Nagorno-Karabach"/>
<metadata name="OVERHEIDop.vraagnummer" scheme="" content="2023Z00306"/>
</metadata_gegevens>"""


def write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def listing(root: Path) -> dict[str, list[str]]:
    folder = Map(root, lambda: NOW)
    return {
        record.identifier: [offer.url for offer in folder.offers(record, {})]
        for record in folder.records(None)
    }


def test_flat_files_of_one_identifier_are_one_record_best_form_first(tmp_path) -> None:
    for form in ("odt", "txt", "pdf", "docx", "html", "xml"):
        write(tmp_path / f"{NAME}.{form}", form)
    forms = ("xml", "html", "pdf", "docx", "odt", "txt")
    assert listing(tmp_path) == {NAME: [f"map:{NAME}.{form}" for form in forms]}


def test_the_layout_of_the_bulk_delivery_is_read(tmp_path) -> None:
    home = tmp_path / "2023" / "02" / "10" / "ah" / NAME
    write(home / f"{NAME}.pdf", "pdf")
    write(home / f"{NAME}.xml", "xml")
    write(home / f"{NAME}.html.zip", "zip")
    write(home / "metadata.xml", METADATA)
    inside = f"map:2023/02/10/ah/{NAME}/{NAME}"
    assert listing(tmp_path) == {NAME: [f"{inside}.xml", f"{inside}.pdf"]}
    (record,) = Map(tmp_path, lambda: NOW).records(None)
    assert record.metadata.titel == "Antwoord over Nagorno-Karabach"
    assert record.metadata.zaaknummers == ("2023Z00306",)
    assert record.metadata.kamer == "tk"


def test_the_layout_of_the_repository_is_read(tmp_path) -> None:
    home = tmp_path / NAME / "1"
    write(home / "pdf" / f"{NAME}.pdf", "pdf")
    write(home / "metadata" / "metadata.xml", METADATA)
    (record,) = Map(tmp_path, lambda: NOW).records(None)
    assert record.metadata.zaaknummers == ("2023Z00306",)


def test_a_body_is_told_with_its_time_and_without_the_folder(tmp_path) -> None:
    write(tmp_path / f"{NAME}.xml", "<a/>")
    folder = Map(tmp_path, lambda: NOW)
    (record,) = folder.records(None)
    (bron,) = folder.offers(record, {})
    assert bron == Bron(
        body=b"<a/>", url=f"map:{NAME}.xml", media_type="text/xml", fetched_at=NOW
    )
    assert folder.completed(record) == record


def test_a_file_that_is_no_identifier_is_named_by_its_path(tmp_path) -> None:
    write(tmp_path / "brieven" / "Brief (1).docx", "x")
    write(tmp_path / "brieven" / "Brief (1).pdf", "x")
    write(tmp_path / "AH-TK-20222023-1505.PDF", "x")
    assert listing(tmp_path) == {
        NAME: ["map:AH-TK-20222023-1505.PDF"],
        "brieven/Brief (1).docx": ["map:brieven/Brief (1).docx"],
        "brieven/Brief (1).pdf": ["map:brieven/Brief (1).pdf"],
    }


def test_other_files_are_counted_once_and_hidden_ones_not_seen(tmp_path) -> None:
    for name in ("a.jpg", "b.zip", "c", ".hidden.pdf", ".git/x.xml", f"{NAME}.pdf"):
        write(tmp_path / name, "x")
    events = []
    folder = Map(
        tmp_path, lambda: NOW, lambda name, **facts: events.append((name, facts))
    )
    assert len(folder.records(None)) == 1
    assert events == [("listed", {"records": 1, "ignored": 3})]


def test_links_are_followed_only_inside_the_folder(tmp_path) -> None:
    outside, root = tmp_path / "outside", tmp_path / "root"
    write(outside / "secret.pdf", "secret")
    write(root / f"{NAME}.pdf", "pdf")
    (root / "away.pdf").symlink_to(outside / "secret.pdf")
    (root / "up.pdf").symlink_to("../outside/secret.pdf")
    (root / "folder").symlink_to(outside, target_is_directory=True)
    (root / "dangling.pdf").symlink_to("nowhere.pdf")
    (root / "loop.pdf").symlink_to("loop.pdf")
    (root / "ah-1.pdf").symlink_to(f"{NAME}.pdf")
    assert sorted(listing(root)) == ["ah-1", NAME]


def test_a_link_to_the_folder_itself_may_be_given(tmp_path) -> None:
    write(tmp_path / "root" / f"{NAME}.pdf", "pdf")
    (tmp_path / "link").symlink_to("root")
    assert list(listing(tmp_path / "link")) == [NAME]


def test_what_is_no_regular_file_is_left_alone(tmp_path) -> None:
    os.mkfifo(tmp_path / "ah-1.pdf")
    (tmp_path / "ah-2.pdf").mkdir()
    assert listing(tmp_path) == {}


def test_the_fingerprint_changes_with_every_file_and_its_metadata(tmp_path) -> None:
    def fingerprint() -> str:
        return Map(tmp_path, lambda: NOW).records(None)[0].fingerprint

    write(tmp_path / f"{NAME}.pdf", "pdf")
    seen = [fingerprint(), fingerprint()]
    assert seen[0] == seen[1]
    write(tmp_path / f"{NAME}.pdf", "PDF")
    seen.append(fingerprint())
    write(tmp_path / f"{NAME}.xml", "<a/>")
    seen.append(fingerprint())
    write(tmp_path / "metadata.xml", METADATA)
    seen.append(fingerprint())
    assert len(set(seen)) == 4


@pytest.mark.parametrize("content", ["", " \n"])
def test_an_empty_file_is_missing(tmp_path, content: str) -> None:
    write(tmp_path / f"{NAME}.xml", content)
    folder = Map(tmp_path, lambda: NOW)
    with pytest.raises(DocumentFault) as raised:
        list(folder.offers(folder.records(None)[0], {}))
    assert raised.value.code == "document_missing"


def test_an_empty_stub_gives_way_to_the_next_form(tmp_path) -> None:
    write(tmp_path / f"{NAME}.xml", "")
    write(tmp_path / f"{NAME}.pdf", "pdf")
    assert listing(tmp_path) == {NAME: [f"map:{NAME}.pdf"]}


def test_a_file_that_disappears_costs_its_own_record(tmp_path) -> None:
    write(tmp_path / f"{NAME}.pdf", "pdf")
    folder = Map(tmp_path, lambda: NOW)
    (record,) = folder.records(None)
    (tmp_path / f"{NAME}.pdf").unlink()
    with pytest.raises(DocumentFault, match=f"map:{NAME}.pdf") as raised:
        list(folder.offers(record, {}))
    assert raised.value.code == "document_unreachable"


def test_a_file_beyond_the_cap_is_too_large(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("etl.sources.map.DECODED_CAP", 10)
    write(tmp_path / f"{NAME}.pdf", "x" * 11)
    folder = Map(tmp_path, lambda: NOW)
    with pytest.raises(DocumentFault) as raised:
        list(folder.offers(folder.records(None)[0], {}))
    assert raised.value.code == "document_too_large"


def test_a_record_from_quarantine_finds_its_files_before_any_listing(tmp_path) -> None:
    write(tmp_path / f"{NAME}.pdf", "pdf")
    (record,) = Map(tmp_path, lambda: NOW).records(None)
    assert [one.url for one in Map(tmp_path, lambda: NOW).offers(record, {})] == [
        f"map:{NAME}.pdf"
    ]


@pytest.mark.parametrize("name", ["'); drop table x; --.pdf", "%s{}.pdf", "é\n.pdf"])
def test_a_hostile_name_is_a_name(tmp_path, name: str) -> None:
    write(tmp_path / name, "x")
    assert listing(tmp_path) == {name: [f"map:{name}"]}


def test_a_name_that_is_no_utf8_is_made_fit_to_store(tmp_path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/brief\xff.pdf")).write_bytes(b"x")
    (name,) = listing(tmp_path)
    assert name == "brief\ufffd.pdf"


@pytest.mark.parametrize("document", [b"", b"<a/>", b"<metadata_gegevens", b"\0"])
def test_broken_metadata_are_as_good_as_none(tmp_path, document: bytes) -> None:
    write(tmp_path / f"{NAME}.pdf", "pdf")
    write(tmp_path / "metadata.xml", document)
    (record,) = Map(tmp_path, lambda: NOW).records(None)
    assert record.metadata.titel is None


def test_a_folder_that_is_not_there_is_said_before_any_work(tmp_path) -> None:
    write(tmp_path / "file.pdf", "x")
    for path in (tmp_path / "nowhere", tmp_path / "file.pdf"):
        with pytest.raises(ConfigurationError, match=str(path)):
            Map(path, lambda: NOW)


def test_a_path_too_long_for_an_index_is_a_record_of_its_own_all_the_same(
    tmp_path,
) -> None:
    deep = tmp_path.joinpath(*("\N{SNAKE}" * 60 for _ in range(4)))
    write(deep / "een.txt", "1")
    write(deep / "twee.txt", "2")
    found = listing(tmp_path)
    assert sorted(len(urls) for urls in found.values()) == [1, 1]
    assert max(len(name.encode()) for name in found) <= 500
