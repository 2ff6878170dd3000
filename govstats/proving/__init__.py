"""Recognised figures → figures that are proved by the relations of their table, agreed upon, or unreadable."""

from govstats.proving.proof import proved, settled

__all__ = ["proved", "settled"]
