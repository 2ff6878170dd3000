"""schemas/agencies.yaml and names of agencies as printed → keys that are equal where the name surely is the same."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from govstats.catalog.agencies import Renaming, agencies
from govstats.catalog.places import place_of
from govstats.identity.names import is_partial
from govstats.text.labels import plain

_YEAR = r"(?:19|20)\d\d(?:年度?)?"
_ASIDE = re.compile(rf"[(\[【〔〈]{_YEAR}[)\]】〕〉]")
_LEADING = re.compile(rf"^{_YEAR}|{_YEAR}$")
_JOINTS = re.compile("(?<=[^省市县区州盟旗])[和与及]|[、·\"'“”《》]")
"""和 joins words of a name; behind 市 or at the beginning it is a place's own (和平区)."""
_REPORT = re.compile(r"(?:政府)?信息公开(?:工作)?年度报告$")
_BRACKETS = re.compile(r"\([^()]*\)$")


@lru_cache(maxsize=4096)
def key_of(name: str) -> str:
    """A name → what is left of it in any way of printing: half width, no spaces, years, 和 or 与; short for full names.

    >>> key_of("宿迁市 人民政府（2023年）") == key_of("宿迁市政府")
    True
    """
    text = _ASIDE.sub("", plain(name))
    text = _JOINTS.sub("", _LEADING.sub("", _REPORT.sub("", text)))
    text = text.replace("人民政府", "政府")
    for each in agencies().short:
        if text.endswith(each.short):
            return text.removesuffix(each.short) + each.full
    return text


def without_aside(key: str) -> str:
    """The key without words in brackets at its end: 某市林业局(绿化办公室)."""
    return _BRACKETS.sub("", key)


def is_doubtful(key: str) -> bool:
    """Does the name leave open whose it is: 市财政局, 财政局, 鼓楼区财政局 (there are four)?"""
    if is_partial(key) or key.startswith(_places()):
        return True
    found = place_of(key)
    return found.place is None and len(found.candidates) > 1


@cache
def _places() -> tuple[str, ...]:
    return tuple(_JOINTS.sub("", place) for place in agencies().ambiguous)


def formers(key: str) -> list[tuple[str, Renaming]]:
    """The names that an agency may have had before, each with the renaming."""
    found = []
    for renaming in agencies().renamed:
        match = re.fullmatch(rf"{_behind_place(re.escape(renaming.new))}(?:局|厅|委员会)?", key)
        for old in renaming.old if match else ():
            ends = ("",) if old.endswith(("办公室", "局")) else ("局", "厅", "委员会", "委", "管理局")
            place = match[1] if match else ""
            found += [
                (f"{old if _PLACE in old else _PLACE + old}".replace(_PLACE, place) + end, renaming) for end in ends
            ]
    return found


_PLACE = "{}"
"""Where the place stands in a name of schemas/agencies.yaml; in front, unless it is written."""


def _behind_place(new: str) -> str:
    return new.replace(re.escape(_PLACE), "(.+)") if re.escape(_PLACE) in new else f"(.*){new}"
