"""Blocks to a publication: one grammar, whatever format the blocks came from."""
