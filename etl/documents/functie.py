"""How the offices of the government are printed: a pattern that several parts need."""

FUNCTIE = (
    r"(?:vice-?\s?minister-?\s?president|minister\s?[-\s]\s?president"
    r"|ministers?(?!ie|raad)|staatss?ecretaris(?:sen)?)"
)
"""An office, not a ministry; the double s is easily lost."""
