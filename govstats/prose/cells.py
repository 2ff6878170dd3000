"""Passage and tables → claims on cells: 收到政府信息公开申请 81 件."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from govstats.model.claim import Quantity
from govstats.model.forms import CellKey
from govstats.prose.answers import About, Answers
from govstats.prose.fitting import fits
from govstats.prose.judge import judged as verdict
from govstats.prose.mentions import Mention, mentions
from govstats.prose.nouns import Noun, may_name, named_by, nouns, says_nothing, spoken
from govstats.prose.passages import Passage
from govstats.prose.periods import is_other_time
from govstats.prose.scope import names_own, scope
from govstats.prose.together import SEVERAL, joined, of_both_cases, of_its_reason
from govstats.prose.totals import total_of
from govstats.prose.words import says
from govstats.text.patterns import lazy

_LONGEST_LABEL = 48
_FARTHEST = 2_000
"""So far back the sentences before tell whose requests are meant."""
_CLAUSE_MARKS = lazy("[,，;:。、()]")
_UNITS = {
    "applications": "件宗份起条例项个",
    "litigation": "件宗起例",
    "disclosure": "件部份个项宗条",
    "summary": "件宗份起条人名",
}
"""Measure words that the cells of a table are counted in; 条 counts pieces of information, not decisions."""
_ALSO = ("件次", "项次")
_COUNTED = frozenset("".join(_UNITS.values())) | {*_ALSO, "元", "次"}


_OF_ALL = lazy("^其中|(?:网站)?[“”]?(?:政府)?规章库[“”]?|(?:涉及|关于|有关)(?:政府)?信息公开|涉及依申请公开")


_PUT_OFF = lazy("^其中|延期")
"""17 件延期到下一年度答复: all that were carried on."""


class CellClaim(NamedTuple):
    """A figure (or the words at `span` that say 0) that names cells; `expected` is what they hold.

    `scope`: the sentence speaks of a wider or narrower scope than the table may have, so nobody is accused.
    `left_over`: the year that the sentence names, where it was perhaps left over from last year's report.
    """

    figure: Quantity | None
    span: tuple[int, int]
    cells: tuple[CellKey, ...]
    value: float
    expected: float
    holds: bool
    scope: str = ""
    left_over: int = 0


class Meaning(NamedTuple):
    """What a figure names: for each reading its cells and what they hold. `part`: it may be only some of them;
    `within`: the same, so that more is told; `loosely`: the word for something near to them; `name`: the words that do
    not narrow it."""

    answers: Answers
    units: tuple[str, ...] = ()
    scale: float = 1
    part: bool = False
    within: bool = False
    loosely: str = ""
    name: re.Pattern[str] = _OF_ALL


def cell_claims(passage: Passage, report: About, told: Sequence[Mention]) -> Iterator[CellClaim]:
    """The cells that the figures of a passage name; `told` are those that count requests."""
    roles = {mention.at: mention.roles for mention in told}
    for index, figure in enumerate(passage.figures):
        said = passage.names[index]
        if _only_counts_names(passage, index):
            continue
        if (
            index not in roles
            and len(said) > 1
            and not (may_name(said) or says_nothing(said) or _OF_ONE_BODY.match(said))
        ):
            continue
        if not figure.unit or figure.unit in _COUNTED:
            claim = _named(passage, index, report, roles)
            if claim is not None:
                yield claim


def _only_counts_names(passage: Passage, index: int) -> bool:
    """予以公开、部分公开两项 13 件: how many are named, not how many there were."""
    return passage.gaps[index + 1].strip() in _TOGETHER and not passage.text[passage.figures[index].start].isdigit()


_TOGETHER = ("", "共", "共计", "合计", "总计")


def answers_of(passage: Passage, index: int, report: About) -> Answers:
    """For each meaning of the words at a figure: its cells and what they hold; empty if they name none."""
    meaning = _meaning(passage, index, report, {mention.at: mention.roles for mention in mentions(passage)})
    return meaning.answers if meaning else []


def _meaning(passage: Passage, index: int, report: About, roles: _Roles) -> Meaning | None:
    together = [] if passage.is_respective(index) else joined(passage, index, report)
    if together:
        return Meaning(together)
    if index in roles:
        name = _PUT_OFF if roles[index] == ("next",) else _OF_ALL
        return Meaning(of_roles(roles[index], report), name=name)
    label = label_of(passage, index)
    if (part := _OF_ONE_BODY.match(label)) is not None and _is_of_own(passage, index, part[1], report):
        return Meaning(of_roles(("new", "todo"), report), name=_OF_ONE_BODY)
    noun = noun_at(passage, index, label) if label else None
    if noun is None or (noun.whole and SEVERAL.search(label)):
        return None
    if noun.of_applicants and not _are_of_requests(passage, index, noun, report):
        return None
    reason = of_its_reason(passage, index, noun, report)
    if not reason and _is_part_of_more(passage, index):
        return None
    name = noun.pattern if noun.whole else _applicants() if noun.of_applicants else _OF_ALL
    cells = _rows_before(passage, index, noun, roles) if noun.of_applicants else noun.cells
    answers = [*reason, *report.answers(cells, _column(label)), *of_both_cases(passage, index, noun, report)]
    return Meaning(answers, noun.units, noun.scale, noun.part, noun.within, noun.loosely, name)


@cache
def _applicants() -> re.Pattern[str]:
    """商业企业: whose column it is, so that no word in it narrows anything."""
    return lazy(spoken("applicant"))


def _are_of_requests(passage: Passage, index: int, noun: Noun, report: About) -> bool:
    """Does the sentence name requests, or does another figure of its applicants bear it out that it speaks of them?"""
    if passage.heading or any(word in passage.head(index) for word in noun.near):
        return True
    around = range(max(0, index - _NEAR), min(index + _NEAR, len(passage.figures)))
    there = (at for at in around if at != index and passage.sentences[at] == passage.sentences[index])
    columns = {at: column for at in there if (column := _column(passage.names[at]))}
    return any(
        held and held == passage.figures[at].value
        for at, column in columns.items()
        for _, held in report.answers(noun.cells, column)
    )


_Roles = Mapping[int, tuple[str, ...]]
_NEAR = 12
"""So many figures away one may tell of what another speaks."""


def _rows_before(passage: Passage, index: int, noun: Noun, roles: _Roles) -> tuple[str, ...]:
    """新收申请 500 件，自然人 423 件: of the applicants of those that its clauses tell of, and of no others."""
    segment = passage.segments[index]
    before = [at for at in range(max(0, index - _NEAR), index) if passage.segments[at] == segment]
    told = {cell for at in before for role in roles.get(at, ()) for cell in nouns().roles[role]}
    return tuple(cell for cell in noun.cells if cell in told) or noun.cells


_OF_ONE_BODY = lazy("其中[,，:]?([^,，。;其]{2,14}?)(?:共|新)*(?:收到|接收|接到|受理|新收)(?:申请|了|的)*$")
"""全市收到 289 件，其中市政府办公室收到 142 件."""


def _is_of_own(passage: Passage, index: int, body: str, report: About) -> bool:
    """Is the body of which it is told the one whose report this is, and are requests counted before?"""
    told = passage.head(index)[: -len(passage.gaps[index])]
    return says(told, "requests") and names_own(body, report.agency)


def of_roles(roles: tuple[str, ...], report: About) -> Answers:
    """All that the words may count; what was handled may be told as all of those received."""
    addresses = [address for role in roles for address in nouns().roles[role]]
    return report.answers(tuple(dict.fromkeys((*addresses, *(nouns().also if "handled" in roles else ())))))


def _named(passage: Passage, index: int, report: About, roles: _Roles) -> CellClaim | None:
    meaning = _meaning(passage, index, report, roles)
    if meaning is None or not meaning.answers or _is_narrowed(meaning.name.sub("", label_of(passage, index))):
        return None
    answers, figure, head = meaning.answers, passage.figures[index], passage.head(index)
    if not figure.value and answers[0][0][0].table == "litigation":  # 0 件 of one way to sue says nothing of the other
        answers = [answer for answer in answers if answer[0] == answers[0][0]]
    if _is_result(answers[0][0]) and _is_of_narrowed(passage, index):
        return None
    late = roles.get(index) == ("next",) and _LATE.search(head) is not None
    of_then = _LATE.sub("", head) if late else head
    if roles.get(index, ())[:1] == ("due",):  # whose own words are of the year before
        of_then = of_then.removesuffix(passage.labels[index])
    if answers[0][0][0].column == "in_force" and _AT_FIRST.search(passage.gaps[index]):
        return None
    if is_other_time(_OWN_TIMES.sub("", of_then), report.year) or not _counts(figure, answers[0][0], meaning.units):
        return None
    first, last = passage.bounds(figure.start, figure.end)
    said = passage.text[first:last]
    at = figure.start - first
    apart = [match.start() for match in _APART.finditer(said)]
    said = said[
        max((mark + 1 for mark in apart if mark < at), default=0) : min(
            (mark for mark in apart if mark >= at), default=None
        )
    ]
    said = said if passage.depths[index] else _WITHOUT.sub("", said)
    if says(said, "not_counted") or (_is_result(answers[0][0]) and says(head, "classes")):
        return None
    if answers[0][0][0].row == "review" and says(passage.text[first:last], "reviewing"):
        return None
    back = max(0, figure.start - _FARTHEST)
    told = passage.text[back : figure.start] if _is_result(answers[0][0]) else head
    counted = figure if meaning.scale == 1 else _in_units_of(figure, meaning.scale)
    claim = judged(counted, (figure.start, figure.end), answers, told + passage.tails[index], report.agency)
    excused = (
        meaning.part
        or ("settled" in roles.get(index, ()) and claim.value < claim.expected)
        or ((meaning.within or late) and claim.value < claim.expected)
    )
    excused = excused or (claim.value < claim.expected and _IN_ONE_YEAR.search(passage.gaps[index]) is not None)
    excused = excused or (claim.value > claim.expected and report.has_gaps(claim.cells))
    if claim.holds:
        return claim
    return None if excused else claim._replace(scope=claim.scope or meaning.loosely)


_IN_ONE_YEAR = lazy(
    r"^[,，。;](?:其中)?当年已?(?:办结|答复|办复)|(?:((?:19|20)\d\d)年度?[^,，。;()\d]{0,4}?)?(?:收到|受理|新收|接收)[^,，。;()\d]{0,6}?[、,，]?[^,，。;()\d]{0,2}"
    r"(?:当年|本年度?|年内|(?(1)\1年度?|当年))[^,，。;()\d]{0,4}?(?:办结|答复|办理|办复)"
)
"""当年受理当年办结 90 件, 2023年收到、2023年办结 90 件: without what was carried in or on."""
_LATE = lazy("(?<!\\d)12月份?|十二月份?|下半年|四季度")
"""12月收到的申请中 24 件结转下年: some of all that are carried on."""
_OWN_TIMES = lazy("上一?年度?项目数?量?|本年度?增(?:/减|减|加)?|本年度?减少?")
"""Columns of the form of 2019 that speak of last year and of what was more or less."""
_AT_FIRST = lazy("[年期]初")
"""年初现行有效 25 件: what there was before the year, and not what there is."""
_APART = lazy("[;；]|[,，](?=另|此外)")
"""行政诉讼 5 件，另有 2 件为共同被告案件: what is said of the others is not said of it."""
_WITHOUT = lazy(r"\((?:不含|不包括|不包含|未含|另有)[^()]*\)")
"""行政诉讼 9 件(不含共同被告案件 29 件): what is not counted is told apart."""


def _is_narrowed(label: str) -> bool:
    """Does it speak of some requests only (涉及征地的申请), and not of all that 涉及政府信息公开?"""
    return says(_OF_ALL.sub("", label), "narrowed", "channels", "averages")


def _is_of_narrowed(passage: Passage, index: int) -> bool:
    """涉及征地 21 件(其中 8 件予以公开): what is in the brackets is told of those alone; or 涉及征地的申请中，…."""
    lead = _AMONG.search(passage.head(index))
    if lead and says(lead[0], "narrowed"):
        return True
    depth = passage.depths[index]
    owner = next((at for at in range(index - 1, -1, -1) if passage.depths[at] < depth), None)
    return owner is not None and _is_narrowed(_MARKS_BUT_PAUSE.split(passage.gaps[owner])[-1])


_AMONG = lazy("(?:涉及|关于|有关)[^,，。;:()]{0,24}申请当?中[,，:]")
_MARKS_BUT_PAUSE = lazy("[,，;:。()]")


def _in_units_of(figure: Quantity, scale: float) -> Quantity:
    """元 as 万元, the unit of the cell."""
    return figure._replace(value=round(figure.value / scale, 6), grain=figure.grain / abs(scale))


def _is_result(cells: tuple[CellKey, ...]) -> bool:
    """予以公开 …: whose requests they were is told in the sentences before."""
    return cells[0].table in ("applications", "summary") and cells[0].row not in ("1", "2", "received")


def label_of(passage: Passage, index: int) -> str:
    """The words before the figure; if there are none, those after it."""
    if passage.is_respective(index):
        return passage.names[index]
    if (column := _COLUMN_BEHIND.match(passage.text, passage.figures[index].end)) is not None:
        return column[1]
    before = passage.labels[index] or _before_aside(passage, index)
    before = _of_the_form(passage, index, before)
    if (len(before) > 1 and not says_nothing(before)) or not passage.tails[index]:
        return before[-_LONGEST_LABEL:]
    tail, behind = passage.tails[index], passage.gaps[index + 1].replace(" ", "")
    more = behind[len(tail) : len(tail) + 1] == "、"  # 2 件属于过程性信息、第三方信息的
    return "" if more else tail.lstrip("的")[:_LONGEST_LABEL]


_COLUMN_BEHIND = lazy(r"\((?:均|全部|都|皆)?(?:为|是|系|属于?)?(现行有效)(?:的|件)?\)")
"""公开规章 16 部(均为现行有效): of which column, if a bracket behind says so."""
_NO_LONGER = lazy(
    "(?:行政机关|本机关|[我本][局委办]|[而将])?不再(?:处理|办理)(?:其)?(?:(?:政府信息公开)?申请)?(?:的)?(?:共|计|为)*"
)


def _of_the_form(passage: Passage, index: int, before: str) -> str:
    """逾期不补正、行政机关不再处理其政府信息公开申请 5 件: the reason names the row, the comma belongs to its name."""
    if not _NO_LONGER.fullmatch(before):
        return before
    pieces = _CLAUSE_MARKS.split(passage.gaps[index].replace(" ", ""))
    return pieces[-2] if len(pieces) > 1 and "逾期" in pieces[-2] else before


def _before_aside(passage: Passage, index: int) -> str:
    """The words before an aside in brackets, which does not count: 其他处理（含撤回申请）341 件."""
    gap = passage.gaps[index].rstrip()
    if not gap.endswith(")") or "(" not in gap:
        return ""
    return _CLAUSE_MARKS.split(gap[: gap.rfind("(")].replace(" ", ""))[-1]


def _is_part_of_more(passage: Passage, index: int) -> bool:
    """甲、乙共 3 件: the label's last word is not all that is counted."""
    if passage.is_respective(index):
        return False
    gap = passage.gaps[index].rstrip()
    label = passage.labels[index]
    if _of_the_form(passage, index, label) != label:
        return False
    lead = gap[: len(gap) - len(label)] if gap.endswith(label) else gap
    return lead.endswith("、") and lead.strip() != "、"


def noun_at(passage: Passage, index: int, label: str) -> Noun | None:
    """The first noun that the words end in and that fits where they stand."""
    for noun in named_by(label):
        if fits(passage, index, noun, label):
            return noun
    return None


def _column(label: str) -> str:
    """The columns of the applicant that a label names; empty for all of them."""
    return next((key for key, names in nouns().applicants.items() if any(name in label for name in names)), "")


def _counts(figure: Quantity, cells: tuple[CellKey, ...], units: tuple[str, ...] = ()) -> bool:
    """Is the measure word one for these cells?"""
    if units:
        return figure.unit in units
    return not figure.unit or figure.unit in _UNITS.get(cells[0].table, "") or figure.unit in _ALSO


def judged(figure: Quantity, span: tuple[int, int], answers: Answers, told: str, agency: str | None) -> CellClaim:
    """A figure against what its cells hold: the first meaning that agrees, else the plainest."""
    (cells, expected), holds = verdict(answers, lambda answer: not _agrees(figure, answer[1])) or (answers[0], False)
    return CellClaim(figure, span, cells, figure.value, expected, holds, "" if holds else scope(told, agency))


def _agrees(figure: Quantity, expected: float) -> bool:
    """余 and 近 are inequalities, nothing more."""
    if figure.approx == ">":
        return expected >= figure.value
    if figure.approx == "<":
        return expected <= figure.value
    return total_of(figure, 0).equals(expected)
