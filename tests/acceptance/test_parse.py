"""`etl parse`: files to JSON Lines, without database or network."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[2] / "etl" / "demo" / "data"
PDF = DATA / "ah-tk-20232024-1076" / "ah-tk-20232024-1076.pdf"
XML = DATA / "ah-tk-20202021-3235" / "ah-tk-20202021-3235.xml"

KEYS = [
    "bestand",
    "identifier",
    "kamer",
    "vergaderjaar",
    "aanhangselnummer",
    "toevoeging",
    "zaaknummers",
    "soort",
    "onderwerp",
    "ingezonden",
    "ontvangen",
    "indieners",
    "gericht_aan",
    "bewindspersonen",
    "zie_ook",
    "vragen",
    "antwoorden",
    "noten",
    "bijlagen",
    "verwijzingen",
    "mededeling",
    "reden_uitstel",
    "toelichting",
    "signalen",
    "bron",
]


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_codes_stand_beside_the_printed_names(bare: Any) -> None:
    """As in a row of the database, but without one."""
    (found,) = lines(bare("parse", PDF).out)
    assert found["indieners"] == [
        {
            "naam": "Van Haga",
            "fractie": "Groep Van Haga",
            "fractie_code": "Groep Van Haga",
            "achternaam": "Haga",
            "tussenvoegsel": "van",
        }
    ]
    asked = [ambt["ministerie_code"] for ambt in found["gericht_aan"]]
    assert asked == ["BZK", "J&V"]


def test_a_file_is_one_object_with_the_keys_of_the_contract_and_a_few_more(
    bare: Any,
) -> None:
    (found,) = lines(bare("parse", PDF).out)
    assert list(found) == KEYS
    assert found["bestand"] == str(PDF)
    assert found["identifier"] == "ah-tk-20232024-1076"
    assert found["onderwerp"] == "het afgelasten van diverse Sinterklaasintochten"
    assert found["bron"]["formaat"] == "pdf"
    digest = hashlib.sha256(PDF.read_bytes()).hexdigest()
    assert found["bron"]["sha256"] == digest


def test_the_order_is_that_of_the_command_line(bare: Any) -> None:
    files = [XML, PDF, XML]
    found = lines(bare("parse", *files).out)
    assert [each["bestand"] for each in found] == [str(file) for file in files]


def test_stdin_is_a_file_too(bare: Any) -> None:
    (found,) = lines(bare("parse", "-", stdin=XML.read_bytes()).out)
    assert found["bestand"] == "-"
    assert found["bron"]["formaat"] == "xml"


def test_a_fault_costs_only_its_own_file(bare: Any) -> None:
    bad = bare.folder / "kapot.pdf"
    bad.write_bytes(b"%PDF-1.4\nnot really\n%%EOF")
    none = bare.folder / "lees mij ë.txt"
    none.write_text("Dit is geen publicatie.")
    result = bare("parse", PDF, bad, none, XML, expect=3)
    first, broken, other, last = lines(result.out)
    assert "fout" not in first
    assert "fout" not in last
    assert list(broken) == ["bestand", "fout"]
    assert broken["fout"]["code"] == "pdf_corrupt"
    assert other == {
        "bestand": str(none),
        "fout": {"code": "no_publication", "uitleg": other["fout"]["uitleg"]},
    }


def test_hostile_files_are_a_fault_each(bare: Any) -> None:
    bodies = {
        "empty": b"",
        "dtd": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        "html": b"<!DOCTYPE html><html><body>Er is een fout opgetreden</body></html>",
        "cut": XML.read_bytes()[:900],
        "bytes": bytes(range(256)) * 10,
    }
    for name, body in bodies.items():
        (bare.folder / name).write_bytes(body)
    found = lines(bare("parse", *bodies, expect=3).out)
    assert [each["bestand"] for each in found] == list(bodies)
    assert all(each["fout"]["uitleg"] for each in found)
    assert found[1]["fout"]["code"] == "xml_dtd"


def test_what_another_program_writes_is_a_file_too(bare: Any) -> None:
    pipe = bare.folder / "pijp"
    os.mkfifo(pipe)
    process = bare.start("parse", pipe)
    pipe.write_bytes(XML.read_bytes())
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")
    (found,) = lines(out.decode())
    assert found["bron"]["formaat"] == "xml"


def test_pretty_is_the_same_indented(bare: Any) -> None:
    plain, pretty = bare("parse", XML).out, bare("parse", "--pretty", XML).out
    assert json.loads(pretty) == json.loads(plain)
    assert pretty.startswith('{\n  "bestand"')


def test_output_is_utf_8_whatever_the_locale(bare: Any) -> None:
    variables = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0"}
    variables["PYTHONCOERCECLOCALE"] = "0"
    assert bare("parse", XML, **variables).out == bare("parse", XML).out
    assert "\\u00" not in bare("parse", XML, **variables).out


def test_a_reader_that_had_enough_is_no_error(bare: Any) -> None:
    process = bare.start("parse", *[XML] * 200)
    assert process.stdout.readline().startswith(b'{"bestand"')
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(30) == 0


def test_it_opens_no_connection_and_makes_no_file(bare: Any, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "def watch(event, arguments):\n"
        "    if event in ('socket.connect', 'socket.getaddrinfo'):\n"
        "        raise AssertionError(event)\n"
        "sys.addaudithook(watch)\n"
    )
    root = bare.environment({})["PYTHONPATH"]
    bare("parse", PDF, XML, PYTHONPATH=f"{tmp_path}:{root}")
    assert list(bare.folder.iterdir()) == []


def test_explain_shows_every_block_its_rule_and_what_it_became(bare: Any) -> None:
    out = bare("parse", "--explain", PDF).out
    assert "pdf, read as antwoord" in out
    assert "100.00% of the letters placed" in out
    rows = [line.split("│") for line in out.splitlines() if "│" in line]
    table = {(row[1].strip(), row[3].strip()) for row in rows if len(row) == 5}
    assert {
        ("heading", "kop"),
        ("label", "vraag 1"),
        ("paragraph", "antwoord 2"),
        ("note", "noot 1"),
    } <= table
    assert "het afgelasten van diverse Sinterklaasintochten" in out


def test_explain_shows_the_blocks_of_a_document_that_is_not_understood(
    bare: Any, tmp_path: Path
) -> None:
    file = tmp_path / "odd.xml"
    file.write_text(
        "<officiele-publicatie><al>Iets anders.</al></officiele-publicatie>"
    )
    done = bare("parse", "--explain", file, expect=3)
    assert "xml, not understood: no_publication" in done.out
    assert "Iets anders." in done.out


def test_explain_prints_no_json(bare: Any) -> None:
    done = bare("parse", "--explain", "--pretty", PDF, expect=2)
    assert "--pretty" in done.err
