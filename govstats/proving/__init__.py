"""Recognised figures → figures that are proved by the relations of their table, agreed upon, or unreadable."""

from govstats.proving.proof import proved

__all__ = ["proved"]
