"""What reading hostile input may cost: far above what is right, far below quadratic."""

from __future__ import annotations

PATIENCE = 60.0
"""Seconds of CPU. What grows with the square of these inputs takes minutes; what does
not, some seconds even on a busy machine."""
