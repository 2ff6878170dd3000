"""甲、乙、丙分别为 3 件、1 件、17 件: figures that stand together behind their names, each with its own."""

from __future__ import annotations

from collections.abc import Sequence

from govstats.text.patterns import lazy

SAYS_SO = ("分别", "两类", "三类")
_LIST = lazy(r"([^,，。;:()\d]*)分别[^,，。;:()、\d]{0,6}:?$")
_CLASSES = lazy(r"([^,，。;:()\d]*)类$")
"""甲和乙两类 3 件和 1 件."""
_LONGEST = 400
"""So many characters of a gap hold the names."""
_BETWEEN = lazy(r"[、,，和及与]{1,2}")
_NAMES = lazy("[、和及与]")
_COUNTED = lazy(r"(?:的)?(?:数量|件数|总数|数|情况)$")


def respective(gaps: Sequence[str]) -> dict[int, str]:
    """The names of the figures of such lists, from the text before each figure; empty where nobody can say which."""
    found: dict[int, str] = {}
    for first, gap in enumerate(gaps[:-1]):
        told = gap[-_LONGEST:].replace(" ", "")
        classes = told.endswith(SAYS_SO[1:])
        match = _CLASSES.search(told) if classes else _LIST.search(told) if "分别" in told else None
        if match is None or ("、" not in match[1] and not _NAMES.search(match[1])):
            continue
        end = first + 1
        while end < len(gaps) - 1 and _BETWEEN.fullmatch(gaps[end].strip()):
            end += 1
        if end - first > 1:
            names = _named(match[1][:-1] if classes else match[1], end - first)
            if names or not classes:
                found |= {at: names[at - first] if names else "" for at in range(first, end)}
    return found


def _named(told: str, count: int) -> list[str]:
    """So many names; none if they are more or fewer."""
    for pieces in (told.split("、"), _NAMES.split(told)):
        if len(pieces) == count:
            return [_COUNTED.sub("", piece) for piece in pieces]
    return []
