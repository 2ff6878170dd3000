"""schemas/divisions.tsv and places.yaml → Divisions: provinces, cities, counties since 2008, by all ways of writing.

A division is one (code, name): a county that was renamed or became a district is there twice, with its years.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Annotated, NamedTuple

from pydantic import Field, ValidationError

from govstats.catalog import resources
from govstats.catalog.yamlfiles import Spec, load_yaml, rejected
from govstats.model.places import Place

_Word = Annotated[str, Field(min_length=2)]
_AUTONOMOUS = ("自治州", "自治县", "自治旗")
_SUFFIXES = ("特别行政区", "自治区", "地区", "林区", "特区", "新区", "省", "市", "区", "县", "盟", "旗")
_FAR_PROVINCES = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "新疆维吾尔自治区": "新疆",
    "宁夏回族自治区": "宁夏",
}


class Coded(Spec):
    """A customary name, and the code of the division that it means."""

    name: _Word
    code: str = Field(pattern=r"^\d{6}$")


class PlaceWords(Spec):
    """The file schemas/places.yaml."""

    peoples: tuple[_Word, ...] = Field(description="peoples in the names of autonomous places, left out in short forms")
    heads: tuple[_Word, ...] = Field(description="words that follow a place written without its suffix")
    words: tuple[_Word, ...] = Field(description="places that are words too: not believed without their suffix")
    state: tuple[_Word, ...] = Field(description="bodies of the State that stand before a place")
    several: tuple[_Word, ...] = Field(description="names that are everywhere: only with a place above or beside them")
    short: tuple[Coded, ...] = Field(description="customary short forms")
    zones: tuple[Coded, ...] = Field(description="new areas without a code of their own: the division that holds them")


class Division(NamedTuple):
    """One division under one name. `since` None: before 2008; `until` None: in force, else the year of its end."""

    code: str
    name: str
    level: str
    since: int | None
    until: int | None
    successors: tuple[str, ...]


class Divisions:
    """All divisions, and their numbers by each way of writing them."""

    def __init__(self, rows: Iterable[Division], words: PlaceWords) -> None:
        self.rows = tuple(rows)
        self.words = words
        self.heads = frozenset(words.heads)
        self.by_code: dict[str, list[int]] = {}
        self.written: dict[str, list[int]] = {}
        """With its suffix, in full or short: 景宁畲族自治县, 景宁县."""
        self.stems: dict[str, list[int]] = {}
        """Without it: 景宁."""
        for number, row in enumerate(self.rows):
            self._enter(number, row)
        for each in words.short:
            self.written.setdefault(each.name, []).extend(self._in_force(each.code, self.written.get(each.name, ())))
        ordinary = frozenset(words.words)
        self.bare = {stem: self._believed(numbers, stem in ordinary) for stem, numbers in self.stems.items()}
        self.bare = {stem: numbers for stem, numbers in self.bare.items() if numbers}
        self.written_lengths, self.bare_lengths = _lengths(self.written), _lengths(self.bare)

    def _enter(self, number: int, row: Division) -> None:
        self.by_code.setdefault(row.code, []).append(number)
        self.written.setdefault(row.name, []).append(number)
        stem = self.stem(row)
        if "自治" in row.name and row.level != "province":
            last = row.name[-1]
            for form in {stem + last, stem + row.name[-3:], row.name.replace("自治", "")} - {row.name}:
                self.written.setdefault(form, []).append(number)
        if len(stem) >= 2:
            self.stems.setdefault(stem, []).append(number)

    def _believed(self, numbers: list[int], is_a_word: bool) -> list[int]:
        """河北 is the province, though a district has that name; 公安 is a word."""
        return [number for number in numbers if not is_a_word or self.rows[number].level == "province"]

    def _in_force(self, code: str, known: Iterable[int]) -> list[int]:
        return [n for n in self.by_code.get(code, ()) if self.rows[n].until is None and n not in known]

    def stem(self, row: Division) -> str:
        """昭通市 → 昭通, 恩施土家族苗族自治州 → 恩施; a name of which one character is left has none."""
        if row.level == "province":
            return _FAR_PROVINCES.get(row.name) or row.name.removesuffix("特别行政区").removesuffix("自治区").rstrip(
                "省市"
            )
        for suffix in (*_AUTONOMOUS, *_SUFFIXES):
            if row.name.endswith(suffix):
                core = row.name.removesuffix(suffix)
                core = self._without_peoples(core) if suffix in _AUTONOMOUS else core
                return core if len(core) >= 2 else ""
        return ""

    def _without_peoples(self, core: str) -> str:
        for people in self.words.peoples:
            if core.endswith(people) and len(core) - len(people) >= 2:
                return self._without_peoples(core.removesuffix(people))
        return core[:-1] if core.endswith("族") else core

    def place(self, number: int) -> Place:
        """The division with those above it, by the names that these had then."""
        row = self.rows[number]
        province = self._name(f"{row.code[:2]}0000", row.until) or ""
        if row.level == "province":
            return Place(row.code, province, None, None, row.level)
        if row.level == "city":
            return Place(row.code, province, row.name, None, row.level)
        return Place(row.code, province, self._name(f"{row.code[:4]}00", row.until), row.name, row.level)

    def _name(self, code: str, until: int | None) -> str | None:
        rows = [self.rows[number] for number in self.by_code.get(code, ())]
        then = [row for row in rows if until is not None and row.until is not None and row.until >= until]
        return (then or rows[-1:])[0].name if rows else None


def _lengths(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """First character → the lengths of the names that begin with it, longest first."""
    found: dict[str, set[int]] = {}
    for name in names:
        found.setdefault(name[0], set()).add(len(name))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


@cache
def place_words() -> PlaceWords:
    """The file schemas/places.yaml, checked. Raises CatalogError."""
    path = resources.schemas() / "places.yaml"
    try:
        return PlaceWords.model_validate(load_yaml(path))
    except ValidationError as error:
        raise rejected(path, error) from error


@cache
def divisions() -> Divisions:
    """All of them; read when first asked for. Raises CatalogError."""
    lines = (resources.schemas() / "divisions.tsv").read_text(encoding="utf-8").splitlines()
    return Divisions((_division(line.split("\t")) for line in lines[1:] if line), place_words())


def _division(cells: list[str]) -> Division:
    code, name, level, since, until, successors = cells
    return Division(
        code,
        name,
        level,
        int(since) if since else None,
        int(until) if until else None,
        tuple(successors.split(";")) if successors else (),
    )
