"""schemas/prose/nouns.yaml → Nouns: what sentences call the cells of the tables."""

from __future__ import annotations

import re
from functools import cache, cached_property

from pydantic import BaseModel, ConfigDict, ValidationError

from govstats.catalog import resources
from govstats.catalog.yamlfiles import load_yaml, rejected
from govstats.text.lexicon import one_of
from govstats.text.patterns import lazy

_GAP = ".{0,16}?"
_FILLERS = (
    "的件数之和|件数之和|数量之和|之和|数量|总数|总量|总计|共计|案件|件数|数|量|共|达|为|有|是|件|的|"
    "计|约|近|超|了|:|“|”|分别|合计|两类|两项|三类|三项"
)
"""What may stand between a noun and its figure without changing what it names."""
LONGEST_ENDING = 3
"""So many of its last characters, or fewer of a shorter word, tell which nouns it may be."""


class Noun(BaseModel):
    """Words that name cells; the first of `cells` is what they mean, the others are accepted too.

    What the other fields ask of the words around stands at the top of the file.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))

    cells: tuple[str, ...]
    says: tuple[str, ...]
    near: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    close: bool = False
    topic: str = ""
    own_topic: bool = False
    verbs: tuple[str, ...] = ()
    own_verbs: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    part: bool = False
    bare: bool = False
    within: bool = False
    loosely: str = ""
    entire: bool = False
    scale: float = 1

    @cached_property
    def whole(self) -> bool:
        """Is it the name of a row of the form, so that no word in it (补正, 重复) narrows what it counts?"""
        named = self.entire or self.cells[0].startswith("applications/3.")
        return named and not any("…" in said for said in self.says)

    @cached_property
    def of_applicants(self) -> bool:
        """自然人, 商业企业: columns of the form."""
        return self.says[0] == "{applicant}"

    @cached_property
    def backwards(self) -> re.Pattern[str]:
        """The same for a label that is read from its last character on."""
        said = "|".join(_compiled(words, backwards=True) for words in self.says)
        return lazy(f"(?:{_filler_backwards()})*(?:{said})")

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Where a label ends so, it names the cells."""
        return lazy(f"(?:{'|'.join(map(_compiled, self.says))})(?:{_FILLERS})*$")


class Nouns(BaseModel):
    """The file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    of_requests: tuple[str, ...]
    roles: dict[str, tuple[str, ...]]
    results: tuple[str, ...]
    also: tuple[str, ...]
    topics: dict[str, tuple[str, ...]]
    subjects: dict[str, tuple[str, ...]]
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


def named_by(label: str) -> list[Noun]:
    """The nouns that the words end in, in their order."""
    if not may_name(label):
        return []
    endings, known = _endings(), nouns().nouns
    told: set[int] = set()
    for end in _ends(label):
        for length in range(1, min(LONGEST_ENDING, end) + 1):
            told.update(endings.get(label[end - length : end], ()))
    read = label[::-1]
    return [known[number] for number in sorted(told) if known[number].backwards.match(read)]


def may_name(label: str) -> bool:
    """Does it end as some noun does? Most words do not, and name nothing."""
    return _backwards().match(label[::-1]) is not None


@cache
def _backwards() -> re.Pattern[str]:
    """The endings of nouns and the filler behind them, from the last character on."""
    return lazy(f"(?:{_filler_backwards()})*(?:{one_of(word[::-1] for word in _endings())})")


def _filler_backwards() -> str:
    return one_of(word[::-1] for word in _FILLERS.split("|"))


def may_be_named(before: str) -> bool:
    """The same for all that stands before a figure: if fewer than two of its characters are words, those after tell."""
    return _told_behind().match(before[::-1]) is not None


@cache
def _told_behind() -> re.Pattern[str]:
    when = one_of(word[::-1] for word in _WHEN.split("|"))
    return lazy(f"(?:.?|(?:{when})+)(?:[,，;:。、()]|$)|{_backwards().pattern}")


_WHEN = "全年|本年度|本年|年内|其中|另|还|共|有"


_LAST = frozenset(word[-1] for word in _WHEN.split("|"))


def says_nothing(label: str) -> bool:
    """全年 82 件申请无法提供: the words before the figure do not say what it is."""
    return label[-1:] in _LAST and _nothing().fullmatch(label) is not None


@cache
def _nothing() -> re.Pattern[str]:
    return lazy(f"(?:{_WHEN})+")


def _ends(label: str) -> list[int]:
    """Where a noun may end: at the end of the label, and wherever nothing but filler follows."""
    fillers, ends = _fillers(), [len(label)]
    for end in ends if label[-1:] in fillers else ():
        for filler in fillers.get(label[end - 1 : end], ()):
            if label.endswith(filler, 0, end) and end - len(filler) not in ends:
                ends.append(end - len(filler))
    return ends


@cache
def _fillers() -> dict[str, list[str]]:
    """The last character of filler → the fillers."""
    found: dict[str, list[str]] = {}
    for filler in _FILLERS.split("|"):
        found.setdefault(filler[-1], []).append(filler)
    return found


@cache
def _endings() -> dict[str, list[int]]:
    """The last characters of nouns → the numbers of the nouns."""
    found: dict[str, list[int]] = {}
    for number, noun in enumerate(nouns().nouns):
        for ending in dict.fromkeys(ending[-LONGEST_ENDING:] for said in noun.says for ending in _last_words(said)):
            found.setdefault(ending, []).append(number)
    return found


def _last_words(says: str) -> tuple[str, ...]:
    """What a noun may end in, as it is written or as the lists that it names have it; a short word with what stands
    before it, so that an ending tells much."""
    *before, last = _pieces(says)
    words = _words_of(last)
    while before and before[-1] != "…" and any(len(word) < LONGEST_ENDING for word in words):
        words = tuple({(first + word)[-LONGEST_ENDING:] for first in _words_of(before.pop()) for word in words})
    return words


def _words_of(piece: str) -> tuple[str, ...]:
    return _spoken(piece[1:-1]) if piece.startswith("{") else (piece,)


def spoken(name: str) -> str:
    """One of the lists of words as an alternation; `applicant` are the names of all applicants."""
    return one_of(_spoken(name))


def _spoken(name: str) -> tuple[str, ...]:
    if name == "applicant":
        return tuple(word for names in nouns().applicants.values() for word in names)
    return nouns().words[name]


def topic_of(text: str, like: str = "") -> str:
    """Of what a text speaks last: review, suit, rules, normative …; if `like` is a subject, of which of those; empty if
    of none."""
    return _last(text, _subjects() if like in nouns().subjects else _topics())


def verb_of(clause: str, sentence: str) -> str:
    """The kind of the verb that governs a clause: publish, if it has such a verb; else the last of the sentence."""
    if any(verb in clause for verb in nouns().verbs["publish"]):
        return "publish"
    return _last(sentence, _verbs()) or "none"


def _last(text: str, pattern: re.Pattern[str]) -> str:
    last = None
    for match in pattern.finditer(text):
        last = match
    return (last.lastgroup or "") if last else ""


@cache
def _topics() -> re.Pattern[str]:
    return _any_of(nouns().topics)


@cache
def _subjects() -> re.Pattern[str]:
    return _any_of(nouns().subjects)


def _any_of(known: dict[str, tuple[str, ...]]) -> re.Pattern[str]:
    return lazy("|".join(f"(?P<{name}>{'|'.join(words)})" for name, words in known.items()))


@cache
def _verbs() -> re.Pattern[str]:
    return lazy("|".join(f"(?P<{name}>{one_of(words)})" for name, words in nouns().verbs.items()))


def _compiled(says: str, backwards: bool = False) -> str:
    order = -1 if backwards else 1
    return "".join(
        _GAP if piece == "…" else f"(?:{one_of(word[::order] for word in _words_of(piece))})"
        for piece in _pieces(says)[::order]
    )


def _pieces(says: str) -> list[str]:
    """Literal words, gaps and names of lists."""
    return [piece for piece in re.split(r"(…|\{\w+\})", says) if piece]
