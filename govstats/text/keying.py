"""Two figures → how one may have been typed for the other. Ranks ties; proves nothing."""

from __future__ import annotations


def slip(printed: float, figure: float) -> str | None:
    """One digit `swapped`, `added`, `left-out` or `replaced` in what is printed; None if it was more.

    Said only of figures of two digits or more: between two digits alone there is nothing to compare.
    """
    if min(printed, figure) < 10 or printed == figure or printed % 1 or figure % 1:
        return None
    typed, meant = f"{printed:.0f}", f"{figure:.0f}"
    if len(typed) == len(meant) + 1:
        return "added" if _without_one(typed, meant) else None
    if len(typed) + 1 == len(meant):
        return "left-out" if _without_one(meant, typed) else None
    if len(typed) != len(meant):
        return None
    apart = [place for place, (one, other) in enumerate(zip(typed, meant, strict=True)) if one != other]
    if len(apart) == 1:
        return "replaced"
    first, last = apart[0], apart[-1]
    crossed = last == first + 1 and typed[first] == meant[last] and typed[last] == meant[first]
    return "swapped" if crossed else None


def _without_one(longer: str, shorter: str) -> bool:
    """Is the shorter one the longer without one of its digits?"""
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))
