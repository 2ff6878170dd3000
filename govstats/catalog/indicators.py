"""schemas/indicators.yaml → Indicator: a ratio of harmonised series, the forms that can make it, what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, ValidationError

from govstats.catalog import resources
from govstats.catalog.formats import known_formats
from govstats.catalog.series import TOTAL, Series, cells_of, harmonised
from govstats.catalog.yamlfiles import BothSpec, Spec, load_yaml, rejected
from govstats.errors import CatalogError
from govstats.lang import Text
from govstats.model.forms import CellKey


class Term(NamedTuple):
    """A figure of an indicator: a series, and the column of it (`total`, or a kind of applicant)."""

    series: Series
    column: str

    @classmethod
    def parse(cls, text: str) -> Term:
        """`new` or `new/natural_person`. Raises StopIteration for a series that is not there."""
        key, _, column = text.partition("/")
        return cls(next(each for each in harmonised().series if each.key == key), column or TOTAL)

    def cells(self, form: str) -> tuple[CellKey, ...]:
        """The cells of a form whose sum it is; none where the form does not count it."""
        origin = self.series.origin(form)
        named = [cells_of(form, pattern).get(self.column) for pattern in origin.cells] if origin else []
        return tuple(cell for each in named if each for cell in each) if all(named) else ()


class Indicator(Spec):
    """One ratio."""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z_]+)*$")]
    zh: str
    en: str
    kind: Literal["share", "rate"] = Field(
        "share",
        description="share: what is counted above is a part of what is counted below (Wilson interval); rate: it is"
        " not, and may be more (exact Poisson interval)",
    )
    per: int = Field(1, description="the value is for so many of the denominator: 100 of 每百件")
    numerator: tuple[str, ...] = Field(min_length=1, description="series, or series/column, whose sum stands above")
    denominator: tuple[str, ...] = Field(min_length=1, description="the same, below")
    least: int = Field(30, description="the least denominator for which agencies or groups may be ranked")
    basis: BothSpec = Field(description="what it rests on, and what it does not say")

    @property
    def above(self) -> tuple[Term, ...]:
        """What the numerator is the sum of."""
        return tuple(map(Term.parse, self.numerator))

    @property
    def below(self) -> tuple[Term, ...]:
        """What the denominator is the sum of."""
        return tuple(map(Term.parse, self.denominator))

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms in which it can be made."""
        terms = (*self.above, *self.below)
        return tuple(form for form in known_formats() if all(term.cells(form) for term in terms))

    @property
    def name(self) -> Text:
        """What it is called."""
        return Text(self.zh, self.en)


class LegalBreak(Spec):
    """A year from which on indicators count in other circumstances than before."""

    since: int
    indicators: tuple[str, ...] = Field(min_length=1, description="their keys; `*` stands for any characters")
    why: BothSpec

    def concerns(self, key: str) -> bool:
        """Is an indicator one of them?"""
        return any(fnmatchcase(key, each) for each in self.indicators)


class Indicators(Spec):
    """The file schemas/indicators.yaml."""

    indicators: tuple[Indicator, ...] = Field(min_length=1)
    breaks: tuple[LegalBreak, ...] = ()

    def breaks_of(self, key: str) -> tuple[LegalBreak, ...]:
        """The years from which on an indicator is not comparable with before."""
        return tuple(each for each in self.breaks if each.concerns(key))


@cache
def indicators() -> Indicators:
    """The file. Raises CatalogError if it is not valid, or if no form can make one of them."""
    path = resources.schemas() / "indicators.yaml"
    try:
        found = Indicators.model_validate(load_yaml(path))
    except ValidationError as error:
        raise rejected(path, error) from error
    for fault in _faults(found):
        raise CatalogError(Text(f"{path}：{fault.zh}", f"{path}: {fault.en}"))
    return found


def _faults(found: Indicators) -> Iterator[Text]:
    known = {series.key for series in harmonised().series}
    for each in found.indicators:
        unknown = [term for term in (*each.numerator, *each.denominator) if term.partition("/")[0] not in known]
        if unknown:
            yield Text(f"{each.key} 用了没有的序列 {unknown[0]}", f"{each.key} names no series: {unknown[0]}")
        elif not each.forms:
            yield Text(f"{each.key} 在哪种格式里都算不出", f"{each.key} can be made in no form")
    keys = [each.key for each in found.indicators]
    yield from (Text(f"{key} 有两个", f"{key} is there twice") for key in {*keys} if keys.count(key) > 1)
