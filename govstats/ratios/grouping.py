"""Parts → a frame of indicators: sums before ratios, intervals, what was left out and why, peers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from govstats.catalog.indicators import indicators
from govstats.errors import UsageError
from govstats.lang import Text, joined
from govstats.ratios.figures import PLACE, Parts, Reason
from govstats.ratios.intervals import Figures, poisson, wilson

GROUPS = ("province", "city", "level", "body", "year")
"""What indicators can be grouped by."""
_REPORT = ("path", "agency", "year", "province", "city", "county", "level", "body")
_ALIKE = ("year", "level", "body")
"""What peers have in common."""
_OF_GOVERNMENT = ("government", "office")
_NO_GROUP = Text("“{by}”不能用来分组。", "Nothing is grouped by “{by}”.")
_CHOICE = Text("可以用：{names}。", "Choose from {names}.")


def grouped(parts: Parts, by: Sequence[str] = ()) -> pd.DataFrame:
    """Indicators of each report, or of each group. Raises UsageError for what nothing is grouped by."""
    for name in by:
        if name not in GROUPS:
            names = joined(GROUPS)
            raise UsageError(_NO_GROUP.format(by=name), _CHOICE.format(names=names))
    columns = list(dict.fromkeys(by)) or list(_REPORT)
    if by:
        group, keys = _groups(parts.who, columns)
        counts = ~_repeated(parts.who)
    else:
        group, keys = np.arange(len(parts.who)), parts.who[columns]
        counts = np.ones(len(parts.who), bool)
    return _frame(parts, group, keys, counts)


def _groups(who: pd.DataFrame, columns: list[str]) -> tuple[NDArray[np.int64], pd.DataFrame]:
    gathered = who.groupby(columns, dropna=False, sort=True)
    keys = gathered.size().index.to_frame(index=False)
    return np.asarray(gathered.ngroup(), np.int64), keys


def _repeated(who: pd.DataFrame) -> NDArray[np.bool_]:
    """Later documents of an agency (the same name in the same place) and year: they would count twice."""
    known = who[["agency", "year"]].notna().all(axis=1)
    return np.asarray(known & who.duplicated(["agency", "year", *PLACE]), bool)


def _frame(parts: Parts, group: NDArray[np.int64], keys: pd.DataFrame, counts: NDArray[np.bool_]) -> pd.DataFrame:
    size = len(keys)
    used = np.isin(parts.reasons, (Reason.NONE, Reason.ZERO)) & counts[:, None]
    above, below = (_sums(group, np.where(used, side, 0), size) for side in (parts.above, parts.below))
    reports = _sums(group, used, size)
    in_all = _sums(group, np.broadcast_to(counts[:, None], used.shape), size)
    reasons = np.where(below > 0, Reason.NONE, _why(parts, group, counts, size))
    value, low, high = _ratios(above, below)
    told = {
        "value": _floats(value),
        "numerator": _counts(above, reports == 0),
        "n": _counts(below, reports == 0),
        "low": _floats(low),
        "high": _floats(high),
        "small": (below < np.array([each.least for each in indicators().indicators])).ravel(),
        "reason": _named(reasons),
        "reports": reports.ravel().astype(np.int64),
        "left_out": (in_all - reports).ravel().astype(np.int64),
        "repeated": np.repeat(np.bincount(group[~counts], minlength=size), above.shape[1]),
        "breaks": _breaks(parts, group, used, size),
        "overlap": np.repeat(_overlap(parts.who, group, counts, size), above.shape[1]),
        **_peers(keys, above, below),
    }
    names = [each.key for each in indicators().indicators]
    repeated = keys.loc[keys.index.repeat(len(names))].reset_index(drop=True)
    return repeated.assign(indicator=names * size, **told)


def _sums(group: NDArray[np.int64], figures: NDArray[Any], size: int) -> Figures:
    """Sums over the reports of each group, for all indicators at once."""
    made = np.zeros((size, figures.shape[1]))
    np.add.at(made, group, figures)
    return made


def _why(parts: Parts, group: NDArray[np.int64], counts: NDArray[np.bool_], size: int) -> NDArray[np.int8]:
    """Why a group has no value: that of its reports which came nearest to one."""
    why = np.full((size, parts.reasons.shape[1]), Reason.NOT_COUNTED, np.int8)
    for reason in (Reason.INCOMPLETE, Reason.INCONSISTENT, Reason.ZERO):
        found = _sums(group, (parts.reasons == reason) & counts[:, None], size) > 0
        why[found] = reason
    return why


def _ratios(above: Figures, below: Figures) -> tuple[Figures, Figures, Figures]:
    """Value, low, high."""
    known = indicators().indicators
    per = np.array([each.per for each in known])
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(below > 0, above / below, np.nan) * per
    low, high = np.full_like(value, np.nan), np.full_like(value, np.nan)
    for at, each in enumerate(known):
        interval = wilson if each.kind == "share" else poisson
        ends = interval(above[:, at], below[:, at])
        low[:, at], high[:, at] = ends[0] * each.per, ends[1] * each.per
    return value, low, high


def _breaks(parts: Parts, group: NDArray[np.int64], used: NDArray[np.bool_], size: int) -> list[str]:
    """The years of legal breaks that lie inside what a group adds up: `2019 2024`."""
    years = parts.who["year"].to_numpy(np.float64, na_value=np.nan)
    known = ~np.isnan(years)
    told = np.full((size, used.shape[1]), "", object)
    for at, each in enumerate(indicators().indicators):
        for legal in sorted(indicators().breaks_of(each.key), key=lambda legal: legal.since):
            before = np.bincount(group[used[:, at] & known & (years < legal.since)], minlength=size) > 0
            since = np.bincount(group[used[:, at] & known & (years >= legal.since)], minlength=size) > 0
            told[before & since, at] += f" {legal.since}"
    return [text.strip() for text in told.ravel()]


def _overlap(who: pd.DataFrame, group: NDArray[np.int64], counts: NDArray[np.bool_], size: int) -> NDArray[np.bool_]:
    """Does a group add up a government's report and, for the same year, those of others that it may hold already?"""
    is_whole = who["body"].isin(_OF_GOVERNMENT)
    rank = np.where(is_whole, who["level"].fillna("?").astype(str), "unit")
    seen = pd.DataFrame({"group": group, "year": who["year"], "rank": rank, "whole": is_whole})[counts]
    found = seen.groupby(["group", "year"], dropna=False).agg(ranks=("rank", "nunique"), whole=("whole", "any"))
    mixed = found[(found["ranks"] > 1) & found["whole"]].index.get_level_values("group")
    return np.isin(np.arange(size), mixed.unique())


def _peers(keys: pd.DataFrame, above: Figures, below: Figures) -> dict[str, Any]:
    """How many others of the same year, level and kind have a value, and theirs taken together, each by its sums."""
    alike = [name for name in _ALIKE if name in keys]
    numbers = keys.groupby(alike, dropna=False).ngroup() if alike else np.zeros(len(keys))
    kinds = np.asarray(numbers, np.int64)
    size, has = int(kinds.max(initial=-1)) + 1, below > 0
    all_above, all_below = (_sums(kinds, np.where(has, side, 0), size)[kinds] for side in (above, below))
    others = _sums(kinds, has, size)[kinds] - has
    rest_above, rest_below = (whole - np.where(has, own, 0) for whole, own in ((all_above, above), (all_below, below)))
    value, _, _ = _ratios(rest_above, rest_below)
    return {"peers": others.ravel().astype(np.int64), "peers_value": _floats(value)}


def _floats(figures: Figures) -> Any:
    return pd.array(figures.ravel(), dtype="Float64")


def _counts(figures: Figures, unknown: NDArray[np.bool_]) -> Any:
    return pd.arrays.IntegerArray(figures.ravel().astype(np.int64), unknown.ravel())


def _named(reasons: NDArray[np.int8]) -> Any:
    names = np.array([None, *(reason.name.lower() for reason in Reason if reason)], object)
    return names[reasons.ravel()]
