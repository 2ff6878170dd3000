"""schemas/prose/words.yaml → Words: measure words, connectors, scopes, as the grammar asks for them."""

from __future__ import annotations

import re
from functools import cache, cached_property

from pydantic import BaseModel, ConfigDict, ValidationError

from govstats.catalog import resources
from govstats.catalog.yamlfiles import load_yaml, rejected
from govstats.text.lexicon import one_of
from govstats.text.patterns import lazy

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_PLACES = {"十": 10, "百": 100, "千": 1000}
NUMERAL = "一二两三四五六七八九十百千零〇"


def number_of(numeral: str) -> int | None:
    """The number; None for what is no numeral (十百, 三五)."""
    total = digit = 0
    last_place = 10_000
    for position, character in enumerate(numeral):
        if character in _PLACES:
            place = _PLACES[character]
            if place >= last_place or (digit == 0 and position > 0):
                return None
            total, digit, last_place = total + (digit or 1) * place, 0, place
        elif digit:
            return None
        else:
            digit = _DIGITS[character]
    return total + digit


_Names = tuple[str, ...]


class Besides(BaseModel):
    """What may be `told` of one of the things that a total counts, besides all else that is told of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    of: _Names
    units: _Names
    told: _Names


class Words(BaseModel):
    """The file, field by field; what the fields mean stands beside them there."""

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))

    measures: dict[str, _Names]
    not_measures: dict[str, _Names]
    dates: _Names
    percents: _Names
    scales: dict[str, float]
    more: _Names
    at_least: _Names
    at_most: _Names
    about: _Names
    or_more: _Names
    or_less: _Names
    or_so: _Names
    ordinals: _Names
    counted_in_words: _Names
    not_counts_before: _Names
    not_received_before: _Names
    not_counts_after: _Names
    by_kind: _Names
    whole_of: _Names
    introducers: _Names
    bare_totals: _Names
    grand_totals: _Names
    of_all: _Names
    inside: _Names
    dealing: _Names
    dealt: _Names
    published: _Names
    carried: _Names
    totals: _Names
    rest: _Names
    not_rest: _Names
    adverbs: _Names
    stages: _Names
    entered: _Names
    inner: _Names
    enders: _Names
    complements: tuple[tuple[str, str], ...]
    rates: _Names
    change_rates: _Names
    in_time: _Names
    up: _Names
    down: _Names
    more_or_less: _Names
    before: _Names
    now: _Names
    channels: _Names
    narrowed: _Names
    other_times: _Names
    averages: _Names
    reviewing: _Names
    scopes: _Names
    qualified: _Names
    own_agency: _Names
    own_scopes: _Names
    governments: _Names
    own_bodies: _Names
    not_own_agency: _Names
    bodies: _Names
    not_bodies: _Names
    account: dict[str, _Names]
    joined_verbs: _Names
    requests: _Names
    other_matters: _Names
    outcomes: _Names
    results: _Names
    cases: _Names
    persons: _Names
    bodies_asking: _Names
    form_results: _Names
    wholes: _Names
    publishing: _Names
    not_counted: _Names
    told_twice: _Names
    besides: tuple[Besides, ...]
    made_of: _Names
    not_yet: _Names
    another_view: _Names
    of_the_same: _Names
    receiving: _Names
    steps: _Names
    of_any_kind: _Names
    counted_once: _Names
    classes: _Names
    withdrawn: _Names
    closing_results: _Names
    crossing: _Names
    ways_of: _Names
    clause_openers: _Names
    ways: _Names
    ways_apart: tuple[_Names, ...]
    stocks: _Names
    channels_of_news: _Names
    outlets: _Names
    none_words: _Names

    @cached_property
    def families(self) -> dict[str, str]:
        """Measure word → what it counts."""
        return {unit: family for family, units in self.measures.items() for unit in units}


@cache
def words() -> Words:
    """The words of all sentences. Raises CatalogError if the file is not valid."""
    path = resources.schemas() / "prose" / "words.yaml"
    try:
        return Words.model_validate(load_yaml(path))
    except ValidationError as error:
        raise rejected(path, error) from error


@cache
def finder(*fields: str) -> re.Pattern[str]:
    """A pattern for the words of some fields."""
    return lazy(one_of(word for field in fields for word in getattr(words(), field)))


def says(text: str, *fields: str) -> bool:
    """Does the text hold one of the words of these fields?"""
    return finder(*fields).search(text) is not None
