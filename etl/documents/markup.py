"""What the publisher's XML and the HTML made of it call the parts of a publication."""

from __future__ import annotations

import re
from functools import lru_cache

from etl.documents.label import Subject

SUBJECTS = {
    "vraag": Subject.VRAAG,
    "antwoord": Subject.ANTWOORD,
    "kamervraagopmerking": Subject.MEDEDELING,
    "toelicht": Subject.TOELICHTING,
    "toelichting": Subject.TOELICHTING,
    "kamervraagbijlage": Subject.BIJLAGE,
}
"""Containers that stand for a label where they carry none: XML names, HTML classes."""

IMPLIED = {subject: subject.value.capitalize() for subject in Subject}
"""The label that a container stands for."""

NUMBERED = re.compile(r"(\d{1,2})[.)]?\s+(?=[A-ZÀ-Þ«])")
"""A number typed before the text, where the label should have held it."""


@lru_cache(maxsize=256)
def rule(name: str) -> str:
    """An XML element as it is named in explanations; cached, as there are few."""
    return f"<{name}>"
