"""Written questions of the Dutch parliament, from publication to PostgreSQL rows."""

__version__ = "0.1.0"
