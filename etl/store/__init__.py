"""Who remembers: PostgreSQL, from starting one to the rows of a publication."""
