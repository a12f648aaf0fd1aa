"""The replica of the Tweede Kamer's Gegevensmagazijn."""

from etl.demo.kamer.kamer import Kamer
from etl.demo.kamer.magazijn import guid

__all__ = ["Kamer", "guid"]
