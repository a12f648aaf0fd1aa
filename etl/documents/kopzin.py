"""How the sentences of a heading (kopzin) begin: patterns of readers and grammar."""

from __future__ import annotations

_ASKED = r"(?:mondelinge|schriftelijke|nadere|aanvullende)"
_ANSWERED = r"(?:nader|aanvullend|herzien)e?"

QUESTIONS = rf"(?:{_ASKED}\s*)*(?:vervolg)?vra(?:ag|gen)"
"""What asks: "Vragen", "Nadere vragen", "Vervolgvragen". To be read without case."""

ANSWERS = rf"(?:{_ANSWERED}\s*)?(?:antwoord(?:en)?|mededeling)"
"""What answers: "Antwoord", "Nadere antwoorden", "Mededeling". Without case too."""

BY = r"(?:van|door)"
"""Behind either: who asks or answers."""
