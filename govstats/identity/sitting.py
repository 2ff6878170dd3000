"""An agency's name, and what stands beside it → the place where it sits, the kind of body that it is, its whole name.

What stands beside it: names and addresses in the document, then the folders that the document lies in, nearest first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from govstats.catalog.agencies import agencies
from govstats.catalog.divisions import divisions
from govstats.catalog.places import place_of
from govstats.identity.evidence import Evidence
from govstats.identity.mentions import Kind
from govstats.identity.names import is_name, is_partial, is_region
from govstats.identity.titles import titles
from govstats.lang import Text
from govstats.model.places import Place
from govstats.text.labels import plain
from govstats.text.patterns import lazy

_NAMING = (Kind.CONTACT, Kind.ISSUER, Kind.SIGNED, Kind.COMPILED, Kind.SOURCE, Kind.OWNER, Kind.ANNOUNCED)
_ADDRESS = lazy(r"地址[:：]?(?:位于)?([一-鿿]{2,24}?(?:县|区|旗|市|州))(?![一-鿿]{0,6}(?:县|区|旗|市)[一-鿿])")
_TOWN = lazy(
    r"(?:.*(?:[省市县区州旗盟]|人民政府|政府))?([一-鿿]{1,8}?(?:镇|乡|苏木|街道))(?:人民政府|政府|办事处|办)?(?:办公室)?"
)
_YEARS = lazy(r"(?:19|20)\d\d(?:年度?)?|[\d_.\-()（）]+")
_FILED = lazy(r"([一-鿿()]{4,40}?)[-_—]?(?:20\d\d)(?:年度?)?(?:[-_.].*)?")
_YEAR = lazy(r"(?<!\d)20\d\d(?!\d)")
_LEVELS = "省市县区州盟旗"
BY_PATH, BY_NAME = Text("文件夹或文件名", "the name of its folder or file"), Text("文件名", "the file's name")


class Seat(NamedTuple):
    """Where an agency sits, and what it is."""

    place: Place | None
    body: str | None


def seat(agency: str | None, beside: Iterable[str], path: str, year: int | None) -> Seat:
    """The place and kind of an agency; None where nothing tells, or several places fit."""
    if agency is None:
        return Seat(None, None)
    found = place_of(agency, beside=(*beside, *_folders(path)), year=year)
    return Seat(_of_town(agency, found.place), body_of(agency, found.end))


def _of_town(agency: str, place: Place | None) -> Place | None:
    """The town itself, where its county is known; a town of nobody knows which county has no place."""
    match = _TOWN.fullmatch(agency)
    if match is None or place is None or place.town:
        return place
    if place.county is None and not _has_no_counties(place):
        return None
    return place._replace(level="town", town=match[1])


def _has_no_counties(place: Place) -> bool:
    """东莞, 中山, 儋州, 嘉峪关: cities right above their towns."""
    rows = divisions().rows
    return place.level == "city" and not any(
        row.level == "county" and row.code[:4] == place.code[:4] and row.until is None for row in rows
    )


@lru_cache(maxsize=4096)
def body_of(agency: str, place_ends: int = 0) -> str | None:
    """What an agency is (CONTRACT §1), by the end of its name; `place_ends`: where the place in it ends."""
    body = next((each.body for each in agencies().bodies if re.search(each.name, agency)), None)
    names_the_place = place_ends and agency[place_ends:] in ("", "人民政府", "政府")
    return "government" if names_the_place and body != "zone" else body


def beside(said: Evidence, agency: str | None) -> tuple[str, ...]:
    """What a document says of where its agency sits: other names in it, nearest first, and addresses."""
    ranked = sorted((m for m in said.mentions if m.kind in _NAMING and m.name), key=lambda m: _NAMING.index(m.kind))
    names = [mention.name for mention in ranked if mention.name and mention.name != agency]
    addresses = _ADDRESS.findall(said.text) if "地址" in said.text else []
    return tuple(dict.fromkeys((*names, *addresses)))


@lru_cache(maxsize=1024)
def _folders(path: str) -> tuple[str, ...]:
    """The folders of a path that name places, nearest first."""
    parts = re.split(r"[/\\]", path)[:-1]
    named = (_YEARS.sub("", plain(part)) for part in reversed(parts))
    return tuple(name for name in named if len(name) > 1 and (is_region(name) or name in divisions().bare))


def region_of(path: str) -> str | None:
    """The nearest folder that is named after a region, an official one or not."""
    return next((name for name in _folders(path) if is_region(name)), None)


def named_by_path(called: str | None, path: str) -> str | None:
    """市财政局 or 财政局 in a folder 某市 → 某市财政局; without any name, what the file itself is called."""
    if called is None:
        return next(_of_file(path), None)
    for folder in _folders(path):
        if not is_region(folder):
            continue
        if called[0] not in _LEVELS:
            return folder + called if is_name(folder + called) else None
        if folder.endswith(called[0]):
            return folder + called[1:]
    return None


def told_by(path: str) -> str:
    """All that a path can tell of whose report it is and where that sits: one document may be two agencies' in two
    folders. Empty for most paths."""
    year = year_by_name(path)
    return " ".join((*_folders(path), *islice(_of_file(path), 1), *([str(year)] if year else [])))


def year_by_name(path: str) -> int | None:
    """The one year that a file is called after: of a document in which nothing can be read, there is no other."""
    stem = _stem(path)
    years = {title.year for title in titles(stem) if title.year}
    if not years and (match := _FILED.fullmatch(stem)) and is_name(match[1]):
        years = {int(year) for year in _YEAR.findall(stem)}
    return years.pop() if len(years) == 1 else None


def _stem(path: str) -> str:
    name = plain(re.split(r"[/\\]", path)[-1])
    return name.rpartition(".")[0] or name


def _of_file(path: str) -> Iterator[str]:
    """青阳县民政局2022年政府信息公开工作年度报告.docx, 青阳县民政局-2022.html."""
    stem = _stem(path)
    for title in titles(stem):
        if title.agency and not is_partial(title.agency):
            yield title.agency
    match = _FILED.fullmatch(stem)
    if match and is_name(match[1]) and not is_partial(match[1]):
        yield match[1]
