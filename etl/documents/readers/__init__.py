"""Bytes to blocks: a reader for each format. None knows what a block will mean."""
