"""Entries of a run → keys with the place before names that leave it open: 城关镇 of two counties are two agencies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from govstats.catalog.divisions import divisions
from govstats.comparison.filings import Entry
from govstats.comparison.names import is_doubtful, key_of
from govstats.identity.sitting import region_of

_TOWN = re.compile(r"[一-鿿]{1,6}(?:镇|乡|苏木|街道)(?:政府|办事处)?(?:办公室)?")
_REGION = re.compile(r"[省市县区州盟旗]")
_LEVELS = "省市县区州盟旗"
_COUNTY = 6


def whole_key(entry: Entry, known: Mapping[str, str], only: str | None) -> str:
    """The key by which a report is compared; empty where nobody can tell whose it is.

    A name that leaves its place open (民政局, 鼓楼区财政局, 城关镇) gets it from what the document, else its folder
    says, else from the one county that all other reports of the run are of (`only`). `known`: the keys that a
    roster settles.
    """
    key = key_of(entry.agency or entry.called or "")
    if not key or key in known:
        return key
    doubtful, town = is_doubtful(key), is_bare_town(key)
    if not doubtful and not town:
        return key
    place = name_of(entry.place) or region_of(entry.path) or (only if doubtful else None)
    if place is None:
        return "" if doubtful else key
    whole = key_of(_behind(place, key))
    return whole if whole in known or not is_doubtful(whole) else ""


def is_bare_town(key: str) -> bool:
    """城关镇, without the county before it."""
    return _TOWN.fullmatch(key) is not None and not _REGION.search(key[:-3])


def _behind(place: str, key: str) -> str:
    """市财政局 behind 某市 is 某市财政局; 鼓楼区财政局 behind 福州市鼓楼区 is of it."""
    own = next((at for at in range(len(key), 1, -1) if place.endswith(key[:at])), 0)
    if own:
        return place + key[own:]
    return place + key[1:] if key[0] in _LEVELS and place.endswith(key[0]) else place + key


@lru_cache(maxsize=4096)
def name_of(code: str | None) -> str | None:
    """The division with this code, with its city before it where several have its name."""
    numbers = divisions().by_code.get(code[:_COUNTY], ()) if code else ()
    if not numbers:
        return None
    place = divisions().place(numbers[-1])
    own = place.county or place.city or place.province
    return (
        own if len(divisions().written[own]) == 1 or own == place.province else f"{place.city or place.province}{own}"
    )


def only_county(places: Iterable[str | None]) -> str | None:
    """The county that all reports of a run are of, as far as their places are known."""
    codes = {code[:_COUNTY] for code in places if code}
    return name_of(codes.pop()) if len(codes) == 1 else None
