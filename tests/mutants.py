"""Damaged and hostile forms of the real examples, each made from one number.

The same seed gives the same bytes for as long as the examples stay as they are.
"""

from __future__ import annotations

import json
import re
import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from lzma import LZMAError
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from lxml import etree

from etl.documents import Reader, understand
from etl.lookup import lookup

TESTS = Path(__file__).resolve().parent
FOLDERS = (TESTS / "examples" / "publicatie", TESTS.parent / "etl" / "demo" / "data")
FORMATS = ("xml", "html", "pdf", "docx", "odt", "txt")
NOT_A_BODY = frozenset(("metadata.xml",))

_REFUSED = re.compile("[\0\ud800-\udfff]")

LARGEST = 3_000_000
"""Bytes: what repeats stops growing there, so that a run is about many mutants."""

Mutation = Callable[[Random, bytes], bytes]


@dataclass(frozen=True, slots=True)
class Original:
    """A real example; `extension` is its format."""

    name: str
    extension: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Mutant:
    """What became of an example; `steps` name the mutations, in order."""

    seed: int
    name: str
    extension: str
    steps: tuple[str, ...]
    body: bytes

    def __str__(self) -> str:
        """What a person needs to make it again."""
        return f"seed {self.seed}: {self.name}, {' + '.join(self.steps)}"


@cache
def originals() -> dict[str, tuple[Original, ...]]:
    """The real examples by extension, of every format there is one of."""
    paths = [path for folder in FOLDERS for path in sorted(folder.rglob("*.*"))]
    found = {
        extension: tuple(
            Original(path.name, extension, path.read_bytes())
            for path in paths
            if path.suffix == f".{extension}" and path.name not in NOT_A_BODY
        )
        for extension in FORMATS
    }
    return {extension: those for extension, those in found.items() if those}


def mutant(seed: int) -> Mutant:
    """The mutant of a number; numbers in a row go through all formats."""
    random = Random(seed)
    extensions = list(originals())
    original = random.choice(originals()[extensions[seed % len(extensions)]])
    body, steps = original.body, []
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        name = random.choice(list(MUTATIONS))
        inside = random.random() < 0.7
        steps.append(f"{name} inside" if inside else name)
        mutation = MUTATIONS[name]
        body = within(random, body, mutation) if inside else mutation(random, body)
    if random.random() < 0.5:
        body = within(random, body, mended)
    return Mutant(seed, original.name, original.extension, tuple(steps), body[:LARGEST])


def mended(_random: Random, body: bytes) -> bytes:
    """Well-formed again where it is XML: else most mutants end at the first tag."""
    if not body.lstrip().startswith(b"<?xml") or b"<html" in body[:4096]:
        return body
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return body
    return body if root is None else bytes(etree.tostring(root, encoding="utf-8"))


def within(random: Random, body: bytes, mutation: Mutation) -> bytes:
    """Mutate what a container holds, so that its checksums do not hide it."""
    if body.startswith(b"PK"):
        return _in_archive(random, body, mutation)
    if body.startswith(b"%PDF"):
        return _in_pdf(random, body, mutation)
    return mutation(random, body)


_BROKEN = (EOFError, LZMAError, OSError, RuntimeError, ValueError)
_NO_ARCHIVE = (*_BROKEN, BadZipFile, struct.error, zlib.error)
"""What the library raises for an archive that was damaged before."""


def _in_archive(random: Random, body: bytes, mutation: Mutation) -> bytes:
    """Mostly the member that holds the text, sometimes another one."""
    try:
        with ZipFile(BytesIO(body)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except _NO_ARCHIVE:
        return mutation(random, body)
    texts = [name for name in members if re.search(r"(content|document)\.xml$", name)]
    if not members:
        return body
    chosen = random.choice(texts * 8 + list(members))
    members[chosen] = mutation(random, members[chosen])
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def _in_pdf(random: Random, body: bytes, mutation: Mutation) -> bytes:
    """Mutate one unpacked stream; the table of places is wrong from there on."""
    streams = list(_STREAM.finditer(body))
    if not streams:
        return mutation(random, body)
    chosen = random.choice(streams)
    try:
        unpacked = zlib.decompress(chosen[1])
    except zlib.error:
        return (
            body[: chosen.start(1)]
            + mutation(random, chosen[1])
            + (body[chosen.end(1) :])
        )
    packed = zlib.compress(mutation(random, unpacked))
    before = body[: chosen.start(1)]
    at = before.rfind(b"/Length")
    length = re.sub(
        rb"/Length\s+\d+", b"/Length %d" % len(packed), before[at:], count=1
    )
    return before[:at] + length + packed + body[chosen.end(1) :]


def _place(random: Random, body: bytes) -> int:
    return random.randint(0, len(body))


def _chunk(random: Random, body: bytes, longest: int = 4000) -> slice:
    start = _place(random, body)
    return slice(start, start + random.randint(1, longest))


def _insert(random: Random, body: bytes, what: bytes) -> bytes:
    place = _text_place(random, body)
    return body[:place] + what + body[place:]


def _text_place(random: Random, body: bytes) -> int:
    """Behind a letter, between tags: where a mutation reaches the text."""
    places = [found.end() for found in re.finditer(rb">[^<]{0,40}?\w|\w ", body)]
    return random.choice(places) if places else _place(random, body)


def flip(random: Random, body: bytes) -> bytes:
    """Other bits in some bytes."""
    changed = bytearray(body)
    for _ in range(min(len(body), random.choice((1, 4, 40)))):
        changed[random.randrange(len(body))] ^= random.randint(1, 255)
    return bytes(changed)


def cut(random: Random, body: bytes) -> bytes:
    """The beginning or the end is missing."""
    place = _place(random, body)
    return body[:place] if random.random() < 0.7 else body[place:]


def swap(random: Random, body: bytes) -> bytes:
    """Two neighbours change places."""
    one, two, three = sorted(_place(random, body) for _ in range(3))
    return body[:one] + body[two:three] + body[one:two] + body[three:]


def delete(random: Random, body: bytes) -> bytes:
    """A chunk is missing."""
    where = _chunk(random, body)
    return body[: where.start] + body[where.stop :]


def double(random: Random, body: bytes) -> bytes:
    """A chunk stands there several times."""
    where = _chunk(random, body)
    times = random.choice((2, 3, 50))
    return body[: where.start] + body[where] * times + body[where.stop :]


_UNIT = re.compile(rb"<[^<>]{1,80}>|[^\n<>]{1,80}\n")


def swap_tags(random: Random, body: bytes) -> bytes:
    """Some tags, or lines where there are none, change places."""
    units = list(_UNIT.finditer(body))
    for _ in range(random.choice((1, 1, 5))):
        if len(units) < 2:
            return body
        one, two = sorted(random.sample(units, 2), key=lambda unit: unit.start())
        if one.group() != body[one.start() : one.end()]:
            return body
        between = body[one.end() : two.start()]
        body = body[: one.start()] + two[0] + between + one[0] + body[two.end() :]
        units = list(_UNIT.finditer(body))
    return body


SIGNS = (
    *(bytes((code,)) for code in (0, 1, 8, 11, 12, 27, 127, 0x80, 0x96, 0xAD, 0xFF)),
    *(
        sign.encode()
        for sign in "\u0085\u00a0\u00ad\u0130\u0301\u06f3\u200b\u200f\u202e\u2028\u2029\u2066"
        "\ufb01\ufeff\ufffe\uffff\U0001d7d9\U0010ffff"
    ),
    b"\xed\xa0\x80",  # half a pair, as no UTF-8 may have it
    b"&#0;",
    b"&#xD800;",
    b"&#x202E;",
    b"&#xFFFF;",
    b"\\000",
    b"\r",
)


def insert_signs(random: Random, body: bytes) -> bytes:
    """Signs that no text should hold, or that look like another one."""
    for _ in range(random.choice((1, 5, 100))):
        body = _insert(random, body, random.choice(SIGNS) * random.choice((1, 1, 3)))
    return body


def huge_number(random: Random, body: bytes) -> bytes:
    """A number is far too large, or none."""
    numbers = list(re.finditer(rb"\d+", body))
    if not numbers:
        return body
    found = random.choice(numbers)
    number = random.choice(
        (b"0", b"00", b"-1", b"2147483648", b"9" * 20, b"7" * 5000, b"1-999999999")
    )
    return body[: found.start()] + number + body[found.end() :]


_LABEL = re.compile(
    rb"(?:<(vraag|antwoord|noot|p|al|h2)\b[^<>]*>.{0,400}?</\1>)"
    rb"|(?:Vraag|Antwoord|Zie ook|Vragen van|ingezonden|ontvangen|aan de)[^\n<]{0,80}\n?",
    re.DOTALL,
)


def repeat_label(random: Random, body: bytes) -> bytes:
    """A label or what stands under it comes back very often."""
    found = list(_LABEL.finditer(body))
    if not found:
        return double(random, body)
    chosen = random.choice(found)
    times = random.choice((2, 100, 10_000))
    times = min(times, LARGEST // len(chosen[0]))
    return body[: chosen.start()] + chosen[0] * times + body[chosen.end() :]


PATTERNS = tuple(
    pattern.encode()
    for pattern in (
        " |(|a|-|1 |1, |a-|Aa1|www.|http://a-|van de leden | aan de Minister| en van|"
        "(ontvangen |nr. 1, |\u00ad|Vraag 1 |niet binnen |\n|\n1\n|ë́"
    ).split("|")
)
"""Each alone provokes a pattern that tries everything when it stands there long."""


def long_run(random: Random, body: bytes) -> bytes:
    """A very long line of one and the same."""
    pattern = random.choice(PATTERNS)
    return _insert(random, body, pattern * random.choice((300, 5000, 100_000)))


def no_lines(random: Random, body: bytes) -> bytes:
    """All lines are one, or every word is a line."""
    if random.random() < 0.5:
        return body.replace(b"\r", b"").replace(b"\n", random.choice((b" ", b"")))
    return body.replace(b" ", b"\n")


def deep(random: Random, body: bytes) -> bytes:
    """Very much inside one another."""
    opening, closing = random.choice(
        (
            (b"<div>", b"</div>"),
            (b"<al>", b"</al>"),
            (b"<lijst><li>", b"</li></lijst>"),
            (b"<table><tr><td>", b"</td></tr></table>"),
            (b"<text:span>", b"</text:span>"),
            (b"<noot>", b"</noot>"),
            (b"(", b")"),
            (b"[", b"]"),
            (b"<<", b">>"),
            (b"q ", b" Q"),
        )
    )
    times = random.choice((40, 250, 3000, 60_000))
    closed = closing * times if random.random() < 0.7 else b""
    return _insert(random, body, opening * times + closed)


def join(random: Random, body: bytes) -> bytes:
    """Two documents in one, of any formats."""
    those = originals()[random.choice(list(originals()))]
    other = random.choice(those).body
    place = random.choice((0, len(body), _place(random, body)))
    return body[:place] + other + body[place:]


def recode(random: Random, body: bytes) -> bytes:
    """Another encoding than it says."""
    text = body.decode("utf-8", "replace")
    return text.encode(
        random.choice(("utf-16", "utf-16-be", "utf-16-le", "utf-32", "cp1252")),
        "replace",
    )


MUTATIONS: dict[str, Mutation] = {
    mutation.__name__: mutation
    for mutation in (
        flip,
        cut,
        swap,
        delete,
        double,
        swap_tags,
        insert_signs,
        huge_number,
        repeat_label,
        long_run,
        no_lines,
        deep,
        join,
        recode,
    )
}


def strings_of(value: object) -> Sequence[str]:
    """All texts in a JSON value, in order."""
    found: list[str] = []
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            found.append(part)
        elif isinstance(part, dict):
            waiting.extend(part.values())
        elif isinstance(part, (list, tuple)):
            waiting.extend(part)
    return found


def outcome_of(body: bytes, read_pdf: Reader) -> str:
    """The soort of the publication that a body is read as.

    Raises DocumentFault, as reading does; AssertionError where the publication holds
    what a JSON reader or a database refuses; any other error is a bug.
    """
    value = understand(body, read_pdf=read_pdf, lookup=lookup()).publicatie.as_json()
    json.dumps(value, ensure_ascii=False).encode()
    odd = [text[:80] for text in strings_of(value) if _REFUSED.search(text)]
    assert not odd, f"signs that are refused: {odd!a}"
    return str(value["soort"])
