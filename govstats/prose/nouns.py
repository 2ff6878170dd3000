"""schemas/prose/nouns.yaml → Nouns: what sentences call the cells of the tables."""

from __future__ import annotations

import re
from functools import cache, cached_property

from pydantic import BaseModel, ConfigDict, ValidationError

from govstats.catalog import resources
from govstats.catalog.yamlfiles import load_yaml, rejected
from govstats.prose.words import one_of

_GAP = ".{0,16}?"
_FILLER = r"(?:数量|总数|总量|总计|共计|案件|件数|数|量|共|达|为|有|是|件|的|计|约|近|超|了|:|“|”|分别|合计)*$"
"""What may stand between a noun and its figure without changing what it names."""


class Noun(BaseModel):
    """Words that name cells; the first of `cells` is what they mean, the others are accepted too.

    What the other fields ask of the words around stands at the top of the file.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))

    cells: tuple[str, ...]
    says: tuple[str, ...]
    near: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    close: bool = False
    topic: str = ""
    own_topic: bool = False
    verbs: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    part: bool = False
    scale: float = 1

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Where a label ends so, it names the cells."""
        return re.compile(f"(?:{'|'.join(map(_compiled, self.says))}){_FILLER}")


class Nouns(BaseModel):
    """The file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    of_requests: tuple[str, ...]
    roles: dict[str, tuple[str, ...]]
    also: tuple[str, ...]
    topics: dict[str, tuple[str, ...]]
    verbs: dict[str, tuple[str, ...]]
    words: dict[str, tuple[str, ...]]
    applicants: dict[str, tuple[str, ...]]
    nouns: tuple[Noun, ...]


@cache
def nouns() -> Nouns:
    """All nouns. Raises CatalogError if the file is not valid."""
    path = resources.schemas() / "prose" / "nouns.yaml"
    try:
        return Nouns.model_validate(load_yaml(path))
    except ValidationError as error:
        raise rejected(path, error) from error


@cache
def any_noun() -> re.Pattern[str]:
    """Where a label ends so, it names some cells."""
    said = dict.fromkeys(_compiled(words) for noun in nouns().nouns for words in noun.says)
    return re.compile(f"(?:{'|'.join(said)}){_FILLER}")


def spoken(name: str) -> str:
    """One of the lists of words as an alternation; `applicant` are the names of all applicants."""
    if name == "applicant":
        return one_of(word for names in nouns().applicants.values() for word in names)
    return one_of(nouns().words[name])


def topic_of(text: str) -> str:
    """Of what a text speaks last: review, suit, rules, normative …; empty if of none."""
    return _last(text, _topics())


def verb_of(clause: str, sentence: str) -> str:
    """The kind of the verb that governs a clause: publish, if it has such a verb; else the last of the sentence."""
    verbs = _verbs()
    if re.search("|".join(nouns().verbs["publish"]), clause):
        return "publish"
    return _last(sentence, verbs) or "none"


def _last(text: str, pattern: re.Pattern[str]) -> str:
    last = None
    for match in pattern.finditer(text):
        last = match
    return (last.lastgroup or "") if last else ""


@cache
def _topics() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{'|'.join(words)})" for name, words in nouns().topics.items()))


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{one_of(words)})" for name, words in nouns().verbs.items()))


def _compiled(says: str) -> str:
    pieces = re.split(r"(…|\{\w+\})", says)
    return "".join(
        _GAP if piece == "…" else f"(?:{spoken(piece[1:-1])})" if piece.startswith("{") else re.escape(piece)
        for piece in pieces
    )
