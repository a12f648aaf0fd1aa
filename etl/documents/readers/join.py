"""The one way to join printed lines into prose: hyphens and broken addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from etl.documents.datum import MONTHS
from etl.documents.text import SOFT_HYPHEN, squeeze

NOTE_COLUMN = 95
"""Letters: a longer line is several printed ones, run together by an extractor."""

_COLUMN = 78
"""Letters: outside the notes few printed lines are longer, so two may be together."""

_FULL = 58
"""Letters that a full printed line has at least: before that no line was broken."""

_SUSPENDED = re.compile(
    r"(?:en|of|dan wel|als|tot|noch|maar|c\.q\.|respectievelijk|resp\.)(?!\w)"
)
_ABBREVIATIONS = frozenset(
    (
        "ai aio aov aow apk avg awb azc bbb bbl bbz bhv bibob bni bso btw bv bzk cao "
        "cbs covid cpb dna ebi ekv fte ggd ggz hbo hiv hrm ibo ic ict iq jgz lbo led "
        "lhbt lhbti lhbtiq lhbtiqa lhbtqi lng lpg mbo mkb mvo ngo nvwa nza ov ozb pc "
        "pdf pfas pgb pkb rmc rtv sbo sms soa tbs tozo tv usb uwv vmbo vog vso vwo "
        "wajong wft wia wifi wlz wmo wnt wob woo wsw wtp ww wwft zbo zmv zzp"
    ).split()
)
"""Abbreviations also written small, whose hyphen is their own; none is a syllable."""

_SYLLABLES = frozenset(
    "aan al anti auto be bij bio co con de eco een ex ge in inter intra kon mee multi "
    "na om on onder ont op over per pre pro re semi sub sur te ten ter toe trans uit "
    "ver voor zij".split()
)
"""First parts that also begin words without a hyphen: no evidence for one."""

_OWN = re.compile(
    r"(?:quasi|vice|extreem|bijna|low|high|full|front|back|audit|compliance|[^\W\d_]+isch)-"
    r"|(?:part|real)-time|minister-president|process?(?:en)?-verba|staakt-het"
    r"|eco-(?!no|lo|sy)|[^\W\d_]+-elektrisch"
    r"|niet-(?!temin|tegenstaande)|non-(?!sens|chal)|oud-(?!heid|ste|er)|top-down"
    r"|student-assist|ex-(?:gedeputeerd|minister|man|vrouw|partner|premier|president|werknemer|gedetineer|milit"
    r"|collega|directeur|top|woordvoerder|leerling|student|strijder|echtgeno|post|ante)"
    r"|(?:sociaal|fysiek|politiek)-(?:econom|cultur|emotion|maatsch|psych|medisch"
    r"|geneesk|ruimtel|wetensch|bestuur)"
    r"|publiek-priva|privaat-publiek|[^\W\d_]+-(?:based|(?:driven|reviewed|generaal|ups?|offs?)$)"
)
"""Words whose hyphen is their own: "niet-medische", "oud-collega", "start-ups"."""

_INNER = frozenset("a aan by de en face in of op per te the to tot van".split())
"""Middle words of chains: "een-op-een", "end-to-end", "kant-en-klaar"."""

_CLASH = re.compile(r"a[aeiu]|e(?:[ei]|u(?!m))|ji|o(?:[oeu]|i(?!ets))|u[ui]")
"""Vowels that would read as one sound, so the word has a hyphen: "zee-eend"."""

_VOWEL = re.compile(r"[aeiouyà-öù-ü]")
"""Every syllable has one; a part without is an abbreviation."""

_INSIDE = re.compile(
    r"(?<![^\s(«)])([^\W\d_]++)-([^\W\d_]++)(?![/-]?\w|\.(?:[\da-z]|[A-Z]{2})|-)"
)
"""A word with one hyphen, which is no part of an address."""

_URL_TAIL = re.compile(r"(?:https?:|www\.)[^\s<>«»\"]*$", re.IGNORECASE)
_UNSPACED = re.compile(r"[\w)][/@–]$")
"""Signs with a letter right before them have one right behind them: "2019–2020"."""

_URL_WORD = re.compile(r"[\w%~?=&#/.+-][^\s<>«»\"]*")
_URL_JOINTS = "/-_=?&%~.:#+,"
_PROSE_WORD = re.compile(r"[^\W\d_]+,?\s+\S|(?:[a-z]\.)+[a-z]?\s|en/of\b|\d+[.,]\d")
"""The start of a line that is no part of an address, in spite of its signs."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a document itself shows of its words, in lower case.

    `hyphened` holds words with an own hyphen that stand unbroken somewhere, and
    their first part ("mbo-"); `whole` those without. `run_together`: long lines
    are several printed ones, so that hyphenation stands inside them too; longer
    than `column` letters is long.
    """

    hyphened: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    run_together: bool = False
    column: int = _COLUMN


def words_of(lines: Iterable[str], *, run_together: bool = False) -> Words:
    """The words that stand unbroken in the lines; those in addresses do not count."""
    hyphened: set[str] = set()
    whole: set[str] = set()
    broken = False
    for line in lines:
        sure = line[: _printed(line)] if run_together else line
        unbroken = frozenset(sure.split())
        # The rest of a word that the line before broke off is no word.
        tokens = line.split()[broken:]
        broken = line.rstrip().endswith("-")
        for token in tokens:
            printed = token.strip("«»“”‘’'\"()[]{}.,;:?!")
            word = printed.lower()
            whole.update(part for part in word.split("-") if part.isalpha())
            if word.isalpha() or token not in unbroken:
                continue
            if re.fullmatch(r"[^\W\d_]+(?:-[^\W\d_]+){1,2}", word):
                hyphened.add(word)
                hyphened |= _first_part(printed)
    return Words(frozenset(hyphened), frozenset(whole), run_together)


def _printed(line: str) -> int:
    """Up to where a line holds no hyphen that an extractor left in the middle."""
    if len(line) > NOTE_COLUMN:
        return 0
    return _FULL if len(line) > _COLUMN else len(line)


def _first_part(word: str) -> set[str]:
    """The first part as evidence, unless its hyphen has a reason of its own."""
    first, rest = word.split("-", 1)
    if first.isupper():  # EU-missie says nothing of Eu-ropa
        return set()
    first, rest = first.lower(), rest.lower()
    if len(first) < 2 or first in _SYLLABLES or _CLASH.match(first[-1] + rest[0]):
        return set()
    return {f"{first}-"}


NO_WORDS = Words()

_WINDOW = 1000
"""Letters at the end of a text that decide how the next line joins it: looking at
all of them for each line would take minutes for a text of a hundred thousand lines."""


def joined(lines: Iterable[str], words: Words = NO_WORDS) -> str:
    """Printed lines as running prose: hyphenation repaired, real hyphens kept."""
    done: list[str] = []
    text = ""
    soft = blank = False
    for printed in lines:
        line = squeeze(printed)
        if not line:
            continue
        several = words.run_together and len(line) > words.column
        whole = _unbroken(line, words) if several else line
        if soft or not text:
            text += whole
        elif blank and text.endswith("-"):
            # The typesetter's hyphen has no blank behind it: "aanloop- en".
            text = f"{text} {whole}"
        else:
            text = _join(text, whole, words, blank=blank)
        bare = printed.rstrip()
        soft, blank = bare.endswith(SOFT_HYPHEN), printed != bare
        if len(text) > 2 * _WINDOW:
            done.append(text[:-_WINDOW])
            text = text[-_WINDOW:]
    return "".join(done) + text


def _unbroken(line: str, words: Words) -> str:
    """Repair the hyphenation inside a line that an extractor made of several."""
    first = 0 if len(line) > NOTE_COLUMN else _FULL

    def repair(found: re.Match[str]) -> str:
        if found.start(2) < first:
            return found[0]
        return _rejoin(f"{found[1]}-", found[2], words)

    return _INSIDE.sub(repair, line)


def _join(text: str, line: str, words: Words, *, blank: bool) -> str:
    tail = _URL_TAIL.search(text, text.rfind(" ") + 1)
    if tail and _continues_url(tail[0], line):
        return text + line
    if (
        not (tail or blank)
        and _UNSPACED.search(text, max(0, len(text) - 2))
        and line[0].isalnum()
    ):
        return text + line
    if not text.endswith("-") or text.endswith((" -", "--")):
        return f"{text} {line}"
    if _SUSPENDED.match(line):
        return f"{text} {line}"
    return _rejoin(text, line, words)


def _rejoin(text: str, line: str, words: Words) -> str:
    """Join behind a hyphen at the end of a line, the typesetter's or the word's own."""
    before = re.split(r"[\s(«/\"‘“]", text[-100:-1])[-1]
    after = re.match(r"[^\W\d_]+", line)
    if not before or not before[-1].islower() or after is None:
        return text + line
    if after[0][0].islower():
        # Only names have a capital inside: GroenLinks, ChristenUnie, DigiD.
        named = re.search(r"\w[A-Z]", before.rsplit("-", 1)[-1])
        own = bool(named) or _is_own(before.lower(), after[0], words)
    else:
        own = f"{before}{after[0]}".lower() not in words.whole
    return text + line if own else text[:-1] + line


def _is_own(before: str, after: str, words: Words) -> bool:
    """Whether a hyphen between small letters belongs to the word."""
    *chain, first = before.split("-")
    if f"{before}-{after}" in words.hyphened:
        return True
    if first + after in words.whole:
        return False
    if not chain and first in ("en", "of"):
        # "handel en -smokkel" whose blank was lost, but also "en-kele" broken.
        return after in words.whole
    return (
        len(first) == 1
        or (first in MONTHS and after in MONTHS)
        or bool(chain and first in _INNER)
        or first in _ABBREVIATIONS
        or after in _ABBREVIATIONS
        or not (_VOWEL.search(first) and _VOWEL.search(after))
        or f"{first}-" in words.hyphened
        or _OWN.match(f"{first}-{after}") is not None
        or _CLASH.match(first[-1] + after) is not None
    )


def _continues_url(url: str, line: str) -> bool:
    """Whether an address broken at the end of a line goes on in the next one."""
    first = _URL_WORD.match(line)
    if first is None or first[0].lower().startswith("http"):
        return False
    word = first[0].rstrip(".,;)")
    if url.endswith(("://", "-")):
        return url.endswith("://") or not word.startswith("www.")
    if _PROSE_WORD.match(line) or word.startswith("www."):
        return False
    if url.endswith((".", ",")):
        # A full stop may also end the sentence: only an address goes on.
        ends = r"/|[\w%]\.\w{2,5}$|=|%|^(?:html?|aspx?|pdf|php|nl|com|org|eu)$"
        return re.search(ends, word) is not None
    signs = re.search(r"[/%=_]|\.[a-z]{2,5}$|[-.][^-]+-", word)
    return url[-1] in _URL_JOINTS or signs is not None
