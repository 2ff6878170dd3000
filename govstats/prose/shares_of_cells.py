"""Shares of the form's results, of which the prose tells no count: 办结 658 件，其中予以公开占 42%; 予以公开率 42%.

The part is what the table holds; the whole may be what was handled, received, or received and carried in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import product
from typing import NamedTuple

from govstats.model.forms import CellKey
from govstats.prose.answers import About, Answers
from govstats.prose.fitting import fits as fits_there
from govstats.prose.judge import judged
from govstats.prose.mentions import Mention
from govstats.prose.nouns import Noun, named_by, nouns
from govstats.prose.passages import Passage
from govstats.prose.periods import is_other_time
from govstats.prose.ratios import gap, is_slight
from govstats.prose.scope import scope
from govstats.prose.words import says
from govstats.text.patterns import lazy

_BACK = 24
"""So many figures back its whole is looked for."""
_WHOLES = ("handled", "new", "todo")
_MARKS = lazy("[,，;:。()]")
_JOINER = lazy("以及|或者|[、和及与或]")
_SHARE = lazy(
    r"^(?:其中|结果为|有|为|决定|共)?(?P<part>[^占率]{2,40}?)(?:的|类|件数?|申请|决定|答复)*(?:占(?P<whole>[^占]*)|率(?:[为是达约到]|达到|仅)?)$"
)
_ALL = (
    r"(?:(?:已|全年|本年度?|全部|所有|总)?(?:办结|办理|答复|处理|收到|新收|受理)?(?:的)?(?:政府信息公开)?(?:申请|办件|结果)?(?:的)?"
    r"(?:总[量数体]|数量|全部)?(?:的)?(?:比例?|比重)?(?:[为是达约到]|达到|仅)*)"
)
_OF_ALL, _OF_COUNT = lazy(_ALL), lazy(rf"[,，(]?占{_ALL}")
_BEHIND = lazy(r"(?:的)?(?:申请)?(?P<part>[一-鿿]{4,12})")
_SAID_BEFORE = lazy(r"(?:其中|有|约|共)?")
_WHOLLY = "予以公开"
_PARTLY = lazy("部分公开[^,，。;、]{0,6}[占率]|%部分公开")
"""Without a share of its own it may be in that of what was published."""
_INNER = lazy("其中|^[^,，。;]*中")
_AMONG = lazy(r"(?<!其)中[,，:]")
_REQUESTS = lazy("(?:政府)?信息公开|依申请公开|公开申请")


class CellShare(NamedTuple):
    """Figure `percent` says that `cells`, which hold `part`, are so much of `whole`."""

    percent: int
    cells: tuple[CellKey, ...]
    part: float
    whole: float
    holds: bool
    severity: str | None = None


def shares_of_cells(
    passage: Passage, report: About, told: Sequence[Mention], settled: Set[int] = frozenset()
) -> Iterator[CellShare]:
    """The percentages that are of a result of the form, held against the table; without those `settled` already."""
    if not says(passage.text, "form_results"):
        return
    for index in passage.percents:
        if passage.figures[index].unit == "%" and index not in settled:
            parts = _counted(passage, index, report) or _parts(passage, index, report)
            wholes = _wholes(passage, index, report, told) if parts else []
            if wholes and not _is_elsewhere(passage, index, report) and not any(map(report.has_gaps, _cells(parts))):
                yield _judged(passage, index, parts, wholes, report)


def _judged(passage: Passage, index: int, parts: Answers, wholes: list[float], report: About) -> CellShare:
    percent = passage.figures[index]
    readings = list(product(parts, wholes))
    (part, whole), holds = judged(readings, lambda pair: gap(percent, pair[0][1], pair[1])) or (readings[0], True)
    if holds:
        return CellShare(index, *part, whole, True)
    slight = is_slight(percent, part[1], whole) or scope(passage.head(index), report.agency)
    (cells, value), plainest = readings[0]
    return CellShare(index, cells, value, plainest, False, "info" if slight else "warning")


def _cells(answers: Answers) -> Iterator[tuple[CellKey, ...]]:
    return (cells for cells, _ in answers)


def _parts(passage: Passage, index: int, report: About) -> Answers:
    """What the table holds of the results whose share the percentage is; empty if it is of something else."""
    names = _results(passage, index)
    named = [_result(passage, index, name) for name in names]
    found = [report.answers(noun.cells) for noun in named if noun]
    if not names or len(found) < len(names) or not all(found):
        return []
    if len(found) > 1:
        return [(tuple(cell for one in found for cell in one[0][0]), sum(one[0][1] for one in found))]
    both = names == [_WHOLLY] and not _PARTLY.search(passage.text)
    return [*found[0], *(report.answers(("applications/3.1+3.2",)) if both else [])]


def _counted(passage: Passage, index: int, report: About) -> Answers:
    """部分公开 6 件；予以公开 5 件（占 5.75%）: the count right before the share, if it is what the table holds."""
    part = index - 1
    if part < 0 or not _OF_COUNT.fullmatch(passage.gaps[index].replace(" ", "")):
        return []
    noun = _result(passage, part, passage.names[part].removeprefix("其中"))
    held = report.answers(noun.cells) if noun else []
    return [(cells, value) for cells, value in held if value == passage.figures[part].value]


def _results(passage: Passage, index: int) -> list[str]:
    """The names before 占 or 率, or, if nothing stands before the percentage, behind it: 49.3% 予以公开."""
    if passage.is_respective(index):
        said = passage.names[index] + ("占" if "分别占" in passage.head(index) else "")
    else:
        said = _MARKS.split(passage.gaps[index].replace(" ", ""))[-1]
    match = _SHARE.match(said)
    if match:
        return _JOINER.split(match["part"]) if _OF_ALL.fullmatch(match["whole"] or "") else []
    tail = passage.about(index)[len(passage.labels[index]) :]
    behind = _BEHIND.fullmatch(tail) if _SAID_BEFORE.fullmatch(said) else None
    return [behind["part"]] if behind else []


def _result(passage: Passage, index: int, name: str) -> Noun | None:
    """The row of results that is called so."""
    return next(
        (
            noun
            for noun in named_by(name)
            if noun.cells[0] in nouns().results
            and noun.pattern.fullmatch(name)
            and fits_there(passage, index, noun, name)
        ),
        None,
    )


def _wholes(passage: Passage, index: int, report: About, told: Sequence[Mention]) -> list[float]:
    """What the share may be of: what the prose told last before it, if it tells of the account, and what the table has.

    Empty if the last count is of something else: 其中征地类 200 件，予以公开占 40%.
    """
    known = [value for role in _WHOLES for _, value in report.answers(nouns().roles[role])]
    before = [at for at in range(max(0, index - _BACK), index) if not passage.figures[at].percent]
    before = [at for at in before if not passage.depths[at] and not _is_beside(passage, at)]
    near = [at for at in before if passage.sentences[index] - passage.sentences[at] <= 1]
    roles = {mention.at: mention.roles for mention in told}
    if not known or (near and near[-1] not in roles and passage.figures[near[-1]].value not in known):
        return []
    printed = [passage.figures[at].value for at in reversed(near) if {*roles.get(at, ())} & {*_WHOLES}]
    return list(dict.fromkeys([*printed, *known]))


def _is_beside(passage: Passage, count: int) -> bool:
    """部分公开 6 件: a result beside the one of the share, that nothing is said to be in."""
    return says(passage.labels[count], "form_results") and not _INNER.search(passage.gaps[count + 1])


def _is_elsewhere(passage: Passage, index: int, report: About) -> bool:
    """Does the sentence speak of another time, or since its last count of some requests only (自然人申请中), or is the
    share one of another (公开类占 52%，其中予以公开占 77%)?"""
    head = passage.head(index)
    if index and passage.figures[index - 1].percent and "其中" in passage.gaps[index]:
        return True
    among = _AMONG.search(head)
    if among and says(_REQUESTS.sub("", head[: among.start()].rpartition("。")[2]), "outcomes"):
        return True
    counts = [at for at in range(max(0, index - _BACK), index) if not passage.figures[at].percent]
    since = passage.text[passage.figures[counts[-1]].end : passage.figures[index].start] if counts else head
    label = passage.labels[counts[-1]] if counts else ""
    said = f"{since[-len(head) :]},{label}".replace("其中", "")
    return (
        says(
            said, "narrowed", "channels", "ways", "persons", "bodies_asking", "not_counted", "averages", "other_matters"
        )
        or says(head, "classes")
        or is_other_time(head, report.year)
    )
