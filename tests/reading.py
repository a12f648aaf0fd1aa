"""Blocks to a publication in one step, as tests of the grammar want it."""

from __future__ import annotations

from collections.abc import Iterable

from etl.documents.block import Block
from etl.documents.grammar.kamervragen import parse_publicatie
from etl.documents.grammar.parts import sort_blocks
from etl.model.publicatie import Publicatie


def parse_blocks(blocks: Iterable[Block]) -> Publicatie:
    """The publication that the blocks spell."""
    return parse_publicatie(sort_blocks(blocks))
