"""A name that was not found → the known name that it is most like, if any is."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest_of(name: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant; None if none is like it."""
    by_lower = {each.lower(): each for each in known}
    near = get_close_matches(name.lower().replace("_", "-"), by_lower, n=1)
    return by_lower[near[0]] if near else None
