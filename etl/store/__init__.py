"""Who remembers: PostgreSQL, from starting one to the rows of a publication."""

from etl.store.postgres import PostgresStore, open_store

__all__ = ["PostgresStore", "open_store"]
