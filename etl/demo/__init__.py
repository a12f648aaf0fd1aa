"""The whole path on one machine, without the internet."""

EXAMPLE = "select * from aanhangsel.vraag_antwoord limit 3"
"""A query to go on with."""
