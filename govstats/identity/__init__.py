"""Document → whose report it is, for which year. What the document does not say, or says in two ways, is None."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from govstats.identity.dates import form_cited, period, published
from govstats.identity.evidence import Evidence, evidence
from govstats.identity.names import is_fuller, is_partial, merged
from govstats.identity.passages import passages
from govstats.identity.several import has_several
from govstats.identity.titles import Title
from govstats.identity.years import years_named
from govstats.model.document import Document
from govstats.model.report import Named, Period

__all__ = ["Identity", "Period", "identify"]


class Identity(NamedTuple):
    """Whose report, for which year. All is None that the document does not say, or says in two ways.

    `agency` in Simplified Chinese; `period` the days that the figures are for; `form_cited` the 文号 of the form that
    the report names; `published` as printed, else the day beside the signature; `several`: the page strings
    several reports together, so that no single identity is asserted; `named` the years that the parts of the document
    name, by which such a doubt can be told.
    """

    agency: str | None = None
    year: int | None = None
    period: Period | None = None
    form_cited: str | None = None
    published: date | None = None
    several: bool = False
    named: tuple[Named, ...] = ()


def identify(document: Document) -> Identity:
    """Who reports, for which year: from titles, then 发布机构 and signatures, and the reporting period."""
    if has_several(document):
        return Identity(several=True)
    found = passages(document)
    said = evidence(found, document.meta.get("title", ""), document.kind == "text")
    when = period(found.opening)
    issued = published(found, document.meta.get("published", ""), said.signed)
    agency = _agency(said)
    named = tuple(years_named(document, found))
    return Identity(agency, _year(said, agency, when, issued), when, form_cited(found.opening), issued, named=named)


def _agency(said: Evidence) -> str | None:
    """The agency of the titles, by the fullest name that is printed; of several, the one that else is named too."""
    others = {*said.issuers, *said.signatures}
    known = others | set(said.acting)
    titled = _titled(said.titles)
    titled += [name for name in _titled(said.sentences) if not any(_agrees(name, title) for title in titled)]
    titled = titled or [name for name in said.doubtful if _named_too(name, known)]
    if not titled:
        return _only(merged(others))
    candidates = merged(titled)
    if len(candidates) > 1:
        candidates = {name for name in candidates if _named_too(name, known)}
    name = _only(candidates)
    return _fullest(name, known | set(titled) | set(_titled(said.sentences))) if name else None


def _titled(titles: Iterable[Title]) -> list[str]:
    """The agencies of titles with a year; if there are none, of those without."""
    named = [title for title in titles if title.agency]
    return [title.agency for title in named if title.agency and (title.year or not any(t.year for t in named))]


def _agrees(sentence: str, title: str) -> bool:
    """A sentence names a part of the title's agency, its region, or the office that draws the report up."""
    return (
        is_partial(sentence) or sentence.startswith(title) or title.startswith(sentence) or is_fuller(title, sentence)
    )


def _named_too(name: str, known: Iterable[str]) -> bool:
    return any(other == name or is_fuller(other, name) for other in known)


def _fullest(name: str, known: Iterable[str]) -> str | None:
    """The name with what is printed of it elsewhere; a part of a name that nobody completes is none."""
    fuller = merged(other for other in known if is_fuller(other, name))
    if len(fuller) == 1:
        return fuller.pop()
    return None if is_partial(name) else name


def _only(names: set[str]) -> str | None:
    return next(iter(names)) if len(names) == 1 else None


def _year(said: Evidence, agency: str | None, when: Period | None, issued: date | None) -> int | None:
    """The year of the titles that name the agency, else of all titles, else of the period.

    Where title and period disagree, the title holds, unless the report was published in the year of the title:
    then nobody can tell.
    """
    every = (*said.titles, *said.sentences)
    named = {t.year for t in every if t.year and t.agency and agency and _same(agency, t.agency)}
    years = named or {title.year for title in every if title.year}
    stated = when.year if when else None
    if not years:
        return stated
    if len(years) > 1:
        return stated if stated in years else None
    year = years.pop()
    if stated not in (None, year) and issued and issued.year == year:
        return None
    return year


def _same(agency: str, name: str) -> bool:
    return agency == name or is_fuller(agency, name)
