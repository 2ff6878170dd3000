"""Shares that are more than all: of one whole together (自然人占 90%、法人占 20%), or alone (答复率 120%)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from govstats.prose.nouns import nouns
from govstats.prose.passages import Passage
from govstats.prose.words import says, words
from govstats.text.patterns import lazy

ALL = 100.0
_FEW = 3
"""Of kinds, two may be what the writer chose to tell."""
_ASIDE = lazy("^其中[,，:]?|^以?及|^和")


def above_all(passage: Passage) -> Iterator[tuple[int, ...]]:
    """The percentages of a sentence that follow each other, of classes that exclude each other, and are too many."""
    run: list[int] = []
    for index in passage.percents:
        if run and not _goes_on(passage, run[-1], index):
            yield from _too_much(passage, run)
            run = []
        if (of := _class_of(passage, index)) and (run or of != _REST):
            run.append(index)
    yield from _too_much(passage, run)


def _are_two_halves(passage: Passage, run: list[int]) -> bool:
    """电脑端占 55%、移动端占 65%: two words that divide a whole between them."""
    halves = tuple(_TAIL.sub("", _subject(passage, index)) for index in run)
    return any(halves in (pair, pair[::-1]) for pair in words().complements)


def beyond_all(passage: Passage) -> Iterator[int]:
    """答复率 120%, 占 104%: percentages of what can be no more than all."""
    for index in passage.percents:
        figure = passage.figures[index]
        if figure.unit == "%" and figure.value > ALL and not figure.approx and _IS_OF_ALL.search(passage.labels[index]):
            yield index


_IS_OF_ALL = lazy(
    r"(?:办结|办复|答复|回复|公开|合格|接通|采纳|办理|满意|回访|公示|覆盖|维持|及时|按时|按期)率[为达是约到:]*$"
    r"|占(?:比|总[数量体]|全部)?(?:的?(?:比例|比重))?[为达是约]*$"
)


def _goes_on(passage: Passage, last: int, index: int) -> bool:
    same = passage.sentences[last] == passage.sentences[index] and index - last <= 2
    inner = any("其中" in passage.gaps[at] or "(" in passage.gaps[at] for at in range(last + 1, index + 1))
    return same and not inner and (_class_of(passage, last) == (of := _class_of(passage, index)) or of == _REST)


_REST = "rest"
"""其他占 15%: of whatever those before it are."""


def _class_of(passage: Passage, index: int) -> str:
    """What the subject of a share is one of: applicants, results, or kinds of information; empty if of none of them."""
    figure, said = passage.figures[index], passage.labels[index]
    if figure.unit != "%" or figure.approx or "占" not in said or passage.depths[index]:
        return ""
    subject = _subject(passage, index)
    of = said.partition("占")[2]
    if _OF.search(of) and not (_OF_ALL.search(of) and not says(of, "ways", "channels", "persons", "bodies_asking")):
        return ""
    asked = says(passage.head(index), "requests") or "申请" in passage.head(index)
    return _WAYS if asked and _way(subject) else _class(subject)


def _subject(passage: Passage, index: int) -> str:
    """What the share is that of: the words before 占, or those of the count before it."""
    said, before = passage.labels[index], index - 1
    if said.startswith("占") and before >= 0 and passage.gaps[index].strip(",，、") == said:
        return _ASIDE.sub("", passage.labels[before])
    return _ASIDE.sub("", said.partition("占")[0])


_OF = lazy("[^比例重总体数量全部的为是达约]")
"""占网络申请的: a whole of its own."""
_OF_ALL = lazy("(?:公开|发布|受理|收到|申请|办结|答复|信息)(?:总[量数]|总数量|全部)")
"""占公开总量的: of all the same."""
_WAYS, _HALVES = "ways", "halves"


def _way(subject: str) -> tuple[str, ...]:
    """Those that 网上申请, 信函, 当面提交 are one of; a request came by one way."""
    bare = _WAY_TAIL.sub("", subject[-_LONGEST:].removeprefix("通过"))
    return next((ways for ways in words().ways_apart if bare in ways), ())


_LONGEST = 16
_WAY_TAIL = lazy("(?:申请|提交|提出|收到|方式|渠道|的)+$")


def _class(subject: str) -> str:
    known, bare = words(), _TAIL.sub("", subject)
    if bare.removesuffix("类") in known.rest:
        return _REST
    if bare in known.form_results:
        return "results"
    if bare in (*known.persons, *known.bodies_asking, *chain.from_iterable(nouns().applicants.values())):
        return "applicants"
    if any(bare in pair for pair in known.complements):
        return _HALVES
    kind = (
        bare.endswith("类")
        and not set("中非不") & set(bare)
        and not says(bare, "crossing", "channels_of_news", "narrowed")
    )
    return "kinds" if kind else ""


_TAIL = lazy("(?:信息|申请|的)+$")


def _too_much(passage: Passage, run: list[int]) -> Iterator[tuple[int, ...]]:
    """More than 100 by more than rounding, and none of its beginnings makes 100, behind which all is divided anew."""
    if not run or not _exclude_each_other(passage, run):
        return
    total = grain = 0.0
    for index in run:
        total += passage.figures[index].value
        grain += passage.figures[index].grain
        if abs(total - ALL) <= grain:
            return
    if total > ALL + grain:
        yield tuple(run)


def _exclude_each_other(passage: Passage, run: list[int]) -> bool:
    """A person and a body; an enterprise and a legal person may be the same."""
    of = _class_of(passage, run[0])
    if of == _WAYS:
        ways = [_way(_subject(passage, index)) for index in run if _class_of(passage, index) == _WAYS]
        return len(run) >= _FEW and len({*ways}) == len(ways)
    if of == _HALVES:
        return _are_two_halves(passage, run)
    if of != "applicants":
        return len(run) >= _FEW
    persons = [says(passage.labels[index], "persons") for index in run]
    return len(run) == 2 and persons[0] != persons[1]
