"""Title, reporting period and body should name one year."""

from __future__ import annotations

from collections.abc import Iterator

from govstats.catalog.rules import get_rule
from govstats.diagnosis.examine import Examined
from govstats.lang import Text
from govstats.model.document import Place
from govstats.model.finding import Finding
from govstats.model.report import Named
from govstats.model.wording import listed

RULES = ("D008",)


def check(examined: Examined) -> Iterator[Finding]:
    report = examined.report
    named = report.years_named
    if len({each.year for each in named}) < 2:
        return
    other = next(each for each in named if each.year != named[0].year)
    place = Place(0, other.line) if other.line and report.document.kind == "text" else None
    quotes = tuple(str(year) for year in sorted({each.year for each in named}))
    yield get_rule("D008").finding({"years": listed(_told(each) for each in named)}, place=place, quotes=quotes)


def _told(named: Named) -> Text:
    return Text(f"{named.part.zh} {named.year} 年", f"{named.part.en} {named.year}")
