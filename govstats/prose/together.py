"""Nouns that one figure counts together (予以公开和部分公开 13 件), and a result with the reason before it."""

from __future__ import annotations

from fnmatch import fnmatchcase
from itertools import permutations

from govstats.prose.answers import About, Answers
from govstats.prose.fitting import fits
from govstats.prose.nouns import Noun, named_by, topic_of
from govstats.prose.passages import Passage
from govstats.prose.words import says
from govstats.text.patterns import lazy

_LONGEST = 120
"""So many characters before a figure hold the names of all results."""


def joined(passage: Passage, index: int, report: About) -> Answers:
    """予以公开和部分公开 42 件: the sum of what the nouns name."""
    told = passage.gaps[index].replace(" ", "")[-_LONGEST:]
    aside = _ASIDE.search(told)
    told = aside[1] if aside and "部分公开" in aside[1] and _JOINED.search(aside[1]) else told
    rest = _plainly(told) if "公开" in told or "提供" in told else told
    if not _JOINED.search(rest):
        return []
    together: list[Noun] = []
    while _JOINED.search(rest) or together:
        named = next(((noun, match) for noun in named_by(rest) if (match := noun.pattern.search(rest))), None)
        if named is None or not fits(passage, index, named[0], rest):
            break
        together.append(named[0])
        rest = rest[: named[1].start()]
        joiner = _JOINER.search(rest)
        if joiner is None:
            break
        rest = rest[: joiner.start()]
        if rest.endswith(_PLAIN) and not rest.endswith((*_NOT_PLAIN,)):
            rest = f"予以{_PLAIN}"
    if len(together) < 2:
        return []
    if (several := SEVERAL.search(told)) and _COUNTS.find(several[0][0]) != len(together):
        return []
    rows = [noun.cells[0] for noun in together]
    if any(fnmatchcase(one, other) for one, other in permutations(rows, 2)):  # a reason and its result
        return []
    return _added([report.answers(noun.cells) for noun in reversed(together)])


def of_both_cases(passage: Passage, index: int, noun: Noun, report: About) -> Answers:
    """复议 10 件，诉讼 0 件，维持 2 件; 复议 6 件、诉讼 3 件，其中维持 5 件: results behind both kinds of cases are of
    that which there was, or of both together."""
    if noun.topic not in _CASES or "/" not in noun.cells[0].partition("/")[2]:
        return []
    told = _cases_before(passage, index)
    if len(told) != len(_CASES):
        return []
    column = noun.cells[0].rpartition("/")[2]
    own, other = _CASES if noun.topic == _CASES[0] else _CASES[::-1]
    if not told[own] and told[other]:
        return report.answers((f"litigation/{_ROWS[other]}/{column}",))
    both = f"litigation/{_ROWS[own]}+{_ROWS[other]}/{column}"
    return report.answers((both,)) if told[own] and told[other] else []


def _cases_before(passage: Passage, index: int) -> dict[str, float]:
    """How many reviews and suits are told in the sentence, one behind the other, before its results."""
    first = next(at for at in range(index + 1) if passage.sentences[at] == passage.sentences[index])
    results = next((at for at in range(first, index + 1) if says(passage.about(at), "results")), index)
    if results - first < len(_CASES):
        return {}
    topics = [topic_of(passage.about(at), "suit") or topic_of(passage.about(at)) for at in (results - 2, results - 1)]
    values = [passage.figures[at].value for at in (results - 2, results - 1)]
    return dict(zip(topics, values, strict=True)) if {*topics} == {*_CASES} else {}


_CASES = ("review", "suit")
_ROWS = {"review": "review", "suit": "direct+after_review"}


SEVERAL = lazy("[两三四五](?:类|项|种|者)")
"""予以公开和部分公开两类合计 149 件."""
_COUNTS = "  两三四五"


def of_its_reason(passage: Passage, index: int, noun: Noun, report: About) -> Answers:
    """因本机关不掌握、无法提供 65 件: the row of the reason that stands before its result."""
    result = noun.cells[0].removesuffix("*")
    gap = _AFTER_MARKS.split(passage.gaps[index].replace(" ", ""))[-1][-_LONGEST:]
    match = noun.pattern.search(gap) if result != noun.cells[0] else None
    if match is None:
        return []
    before = _LINK.sub("", gap[: match.start()])
    reasons = (each for each in named_by(before) if each.cells[0].startswith(result) and each.cells != noun.cells)
    reason = next(((each.cells[:1], found) for each in reasons if (found := each.pattern.search(before))), None)
    return report.answers(reason[0]) if reason and not before[: reason[1].start()].endswith("、") else []


_AFTER_MARKS = lazy("[。;:()]")
_LINK = lazy("(?:[、,，]?(?:因此|所以|从而|而|故|的|作出|情形|范围|属于|予以|决定|答复){0,3})$")


_ASIDE = lazy(r"公开类\(([^()\d]+)\)$")
"""公开类（予以公开、部分公开）147 件."""


def _added(answers: list[Answers]) -> Answers:
    if not all(answers):
        return []
    cells = tuple(cell for answer in answers for cell in answer[0][0])
    return [(cells, sum(answer[0][1] for answer in answers))]


def _plainly(told: str) -> str:
    """Results by the names that the form has, without words that only add them up."""
    told = _ADDED_UP.sub("", told)
    for wording, name in _WORDINGS:
        told = wording.sub(name, told)
    return told


_ADDED_UP = lazy("(?:的)?(?:等?[两三四五][类项种者])?(?:申请|决定|答复|办件)?(?:一?共计?|合计|总计)?(?:为|有)?$")
_WORDINGS = (
    (lazy(r"部分予以公开|(?:予以|同意|给予)部分公开"), "部分公开"),
    (lazy(r"全部(?=(?:或|和|及|与|以及|或者)部分公开)"), "予以公开"),
    (lazy(r"不(?:同意|予以)公开"), "不予公开"),
    (lazy(r"(?<!不)(?:同意|依法|全部|完全|准予)公开"), "予以公开"),
    (lazy(r"\((?:其中)?(?:包含|包括|含)[^(),，;\d]{0,8}部分公开\)$"), "和部分公开"),
)
_JOINED = lazy("[和及与或、].")
_JOINER = lazy(r"(?:以及|和|及|与|或者|或|、)$")
_PLAIN = "公开"
_NOT_PLAIN = ("予以公开", "部分公开", "不予公开", "信息公开", "申请公开", "主动公开", "同意公开")
