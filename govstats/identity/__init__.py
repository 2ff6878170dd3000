"""Document → whose report it is, for which year. What the document does not say, or says in two ways, is None."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from govstats.identity.dates import form_cited, period, published
from govstats.identity.decision import whose
from govstats.identity.evidence import evidence
from govstats.identity.passages import passages
from govstats.identity.several import has_several
from govstats.identity.sitting import beside
from govstats.identity.years import when, years_named
from govstats.lang import Text
from govstats.model.document import Document
from govstats.model.report import Named, Period

__all__ = ["Identity", "Period", "identify"]


class Identity(NamedTuple):
    """Whose report, for which year. All is None that the document does not say, or says in two ways.

    `agency` in Simplified Chinese; `period` the days that the figures are for; `form_cited` the 文号 of the form that
    the report names; `published` as printed, else the day beside the signature; `several`: the page strings
    several reports together, so that no single identity is asserted; `named` the years that the parts of the document
    name, by which such a doubt can be told. `because`: by what `agency` and `year` were known, or why not.
    `called`: all that the document gives of a name that leaves open whose it is (市财政局); `rivals`: names between
    which it does not decide; `beside`: other names and addresses in it, which tell where the agency sits.
    """

    agency: str | None = None
    year: int | None = None
    period: Period | None = None
    form_cited: str | None = None
    published: date | None = None
    several: bool = False
    named: tuple[Named, ...] = ()
    because: Mapping[str, Text] = {}
    called: str | None = None
    rivals: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


def identify(document: Document) -> Identity:
    """Who reports, for which year: all that names an agency or a year is gathered, then weighed."""
    if has_several(document):
        return Identity(several=True)
    found = passages(document)
    said = evidence(found, document.meta, document.kind)
    days = period(found.opening)
    issued = published(found, document.meta.get("published", ""), said.signed)
    who = whose(said)
    year = when(said, who.agency, days, issued)
    return Identity(
        agency=who.agency,
        year=year.year,
        period=days,
        form_cited=form_cited(found.opening),
        published=issued,
        named=tuple(years_named(document, found, said, days)),
        because={"agency": who.reason, "year": year.reason},
        called=who.called,
        rivals=who.between if len(who.between) > 1 else (),
        beside=beside(said, who.agency),
    )
