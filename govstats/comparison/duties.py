"""Roster and reports → Duties: who is due for which year, and whether and when the report came: a ledger."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from govstats.catalog.places import place_of
from govstats.comparison.filings import Entry
from govstats.comparison.histories import histories
from govstats.comparison.names import key_of
from govstats.comparison.roster import Roster, Unit
from govstats.comparison.units import Strays, due_years
from govstats.identity.sitting import body_of
from govstats.lang import Text
from govstats.model.places import LEVELS
from govstats.model.standings import STANDINGS, UNFILED, UNREAD

FILED, LATE, UNREADABLE, UNMATCHED = "filed", "late", "unreadable", "unmatched"
MERGED, MISSING = "merged", "missing"
STATES = {
    FILED: Text("已报送", "filed"),
    LATE: Text("逾期报送", "late"),
    UNREADABLE: STANDINGS[UNREAD],
    UNMATCHED: Text("有文件、对不上", "file unclear"),
    MERGED: Text("可能已并入", "probably merged"),
    MISSING: STANDINGS[UNFILED],
}
_GOVERNMENTS = {"government", "office", "town", "street"}
"""The authority in charge of a government publishes its report by 31 March (条例第四十九条); others by 31 January."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A unit's report for a year: `state` is one of STATES; `path` where it is; `published`: the day that is printed
    (None: none is); `by`: the legal day."""

    unit: Unit
    year: int
    state: str
    by: date
    path: str | None = None
    published: date | None = None

    @property
    def days_late(self) -> int | None:
        """By how many days it came late; None where no day is printed."""
        return max((self.published - self.by).days, 0) if self.published else None

    @property
    def level(self) -> Text:
        """The level that the roster says, else that of the place in its name; empty if neither tells."""
        if self.unit.level:
            return Text(self.unit.level, self.unit.level)
        place = place_of(key_of(self.unit.name)).place
        return LEVELS.get(place.level or "", Text("", "")) if place else Text("", "")


def duties(
    entries: Iterable[Entry],
    roster: Roster,
    unread: Sequence[str],
    published: Callable[[int], date | None],
    is_scan: Callable[[int], bool] = lambda _: False,
    merged: Collection[tuple[str | None, int | None]] = (),
) -> Iterator[Duty]:
    """All that is due, year by year in the order of the roster. Number of a report → `published`: the day printed;
    `is_scan`: was it opened, and nothing of it read? `merged`: agencies and years of bodies probably taken over."""
    listed = list(entries)
    known = {each.key: each for each in histories(listed, roster.settled)}
    strays = Strays.of(listed, roster, unread)
    paths = {each.number: each.path for each in listed}
    opened = {each.path: each.number for each in listed}

    def was_read(path: str) -> bool:
        return path in opened and not is_scan(opened[path])

    due = due_years(roster, known)
    units = {key_of(unit.name): unit for unit in roster.units}
    for year in sorted({year for years in due.values() for year in years}):
        for key, years in due.items():
            if year in years:
                numbers = known[key].years.get(year, ()) if key in known else ()
                if numbers:
                    days = filter(None, map(published, numbers))
                    yield _filed(units[key], year, paths[numbers[0]], days)
                    continue
                there = strays.unread_of(key, roster.called[key], year)
                if there is None:
                    state = MERGED if (roster.names[key], year) in merged else MISSING
                else:
                    state = UNMATCHED if was_read(there) else UNREADABLE
                yield Duty(units[key], year, state, legal_day(units[key], year), there)


def _filed(unit: Unit, year: int, path: str, days: Iterable[date]) -> Duty:
    """A report that came: with several, the first day counts."""
    by, day = legal_day(unit, year), min(days, default=None)
    return Duty(unit, year, LATE if day and day > by else FILED, by, path, day)


def legal_day(unit: Unit, year: int) -> date:
    """The day by which a unit's report for a year is due."""
    body = unit.body if unit.body in _GOVERNMENTS else body_of(unit.name) or ""
    return date(year + 1, 3, 31) if body in _GOVERNMENTS else date(year + 1, 1, 31)
