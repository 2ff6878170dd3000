"""Passage and tables → claims on cells that are told without a figure: 未发生行政复议, 均为自然人."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from govstats.model.claim import Quantity
from govstats.model.forms import CellKey
from govstats.prose.answers import About, Tables
from govstats.prose.cells import CellClaim, judged
from govstats.prose.nouns import spoken
from govstats.prose.passages import Passage
from govstats.prose.periods import is_other_time
from govstats.prose.scope import scope
from govstats.prose.words import says, words
from govstats.text.lexicon import one_of
from govstats.text.patterns import lazy


def unnumbered_claims(passage: Passage, report: About) -> Iterator[CellClaim]:
    """What a passage says was not, or was all of another."""
    yield from _zeros(passage, report)
    yield from _all_of(passage, report)


@cache
def _zero_patterns() -> list[tuple[tuple[str, ...], re.Pattern[str]]]:
    """What is said not to have been → the nouns' cells. 无 alone says nothing of requests (无正当理由)."""
    none, about, request = one_of(words().none_words), spoken("about"), spoken("request")
    verbs = one_of(word for word in words().none_words if word != "无")
    by = "(?:[^,，;。]{0,12}提出的|任何|公民|有关|关于|过){0,2}"
    end = r"(?:的)?(?:案件|情况|情形|事项|行为|申请|数量)?(?=[、和及或,，;。]|$|(?:行政)?诉讼)"
    said: dict[tuple[str, ...], str] = {
        ("applications/1", *_of_year("received")): f"(?:{verbs}){by}(?:{request})",
        (
            "litigation/review",
            *_of_year("reviews"),
        ): f"(?:{none})[^,，;。]{{0,12}}?(?:{about})[^,，;。]{{0,14}}?行政复议",
        (
            "litigation/direct+after_review",
            *_of_year("litigation"),
        ): f"(?:{none})[^,，;。]{{0,12}}?(?:{about})[^,，;。]{{0,24}}?行政诉讼",
    }
    carried = r"(?:任何|申请)?结转"
    on = r"(?:至|到|入)?(?:下一?年度?|下一?个年度|次年)(?:继续)?(?:办理|答复|处理)?"
    said |= {
        ("applications/4",): f"(?:{none}){carried}{on}",
        ("applications/4", "applications/2"): f"(?:{none}){carried}(?:件)?",
        ("applications/2",): rf"(?:{none})(?:上一?年度?|以前年度){carried}(?:件)?",
    }
    written = r"(?:新制?[定发]的?)?(?:行政)?规范性文件(?:的情况)?(?=[、和及或,，;。]|$)"
    no, made = "(?:未|没有|未有)", "(?:制发|制定|出台)"
    stocks = {
        _OF_DOCUMENTS["issued"]: rf"(?:{no}新?(?:{made}|印发)过?(?:任何)?|无新{made}){written}",
        _OF_DOCUMENTS["repealed"]: rf"{no}废止过?(?:任何)?{written}",
    }
    return [(cells, lazy(pattern + end)) for cells, pattern in said.items()] + [
        (cells, lazy(pattern)) for cells, pattern in stocks.items()
    ]


def none_received(passage: Passage, year: int | None) -> Iterator[tuple[int, int]]:
    """Where it says that no request came in the year of the report."""
    _, pattern = _zero_patterns()[0]
    return (span for span, _ in _denials(passage, pattern, year))


def _denials(passage: Passage, pattern: re.Pattern[str], year: int | None) -> Iterator[tuple[tuple[int, int], str]]:
    """Where it is said of this year, and of all ways and kinds; and the sentence up to its end."""
    for match in pattern.finditer(passage.text):
        start = passage.text.rfind("。", 0, match.start()) + 1
        head = passage.text[start : match.end()]
        of_others = "结转" in match[0] and ("申请" not in head or says(head, "other_matters"))
        of_some = says(match[0], "channels", "qualified") or _is_of_some_bodies(match[0])
        of_some = of_some or _OF_SOME.search(passage.text, start, match.start()) is not None
        if not (of_others or of_some or is_other_time(head, year)):
            yield match.span(), head


def _is_of_some_bodies(said: str) -> bool:
    """未收到法人提出的申请: persons may have asked all the same."""
    return says(said, "bodies_asking") and not says(said, "persons")


_OF_SOME = lazy("(?:部分|个别|少数|一些|有的)(?!公开)[^,，。;]{1,16}$")
"""个别科室未收到申请: others may have."""
_OF_DOCUMENTS = {key: (f"disclosure/20.1.normative/{key}",) for key in ("issued", "repealed")}


def _of_year(row: str) -> tuple[str, str]:
    """A row of the older summary tables, whose columns have two names."""
    return f"summary/{row}/year", f"summary/{row}/count"


def _zeros(passage: Passage, report: About) -> Iterator[CellClaim]:
    if "none" not in passage.signs:
        return
    for cells, pattern in _zero_patterns():
        answers = report.answers(cells)
        for span, head in _denials(passage, pattern, report.year) if answers else ():
            yield judged(Quantity(*span, 0.0, 1.0, "", ""), span, answers, head, report.agency)


_ALL = (
    (
        lazy(r"(?:均|全部|都)(?:为|是|由|系)自然人(?![和及与或、])"),
        lazy("公开申请|(?:收|受理|提出|办理)[^,，。;]{0,10}申请"),
        "applications/1/total",
        "applications/1/natural_person",
    ),
    (
        lazy(r"(?:均|全部|都)(?:获|被|予以)?维持"),
        lazy("行政复议"),
        "litigation/review/total",
        "litigation/review/upheld",
    ),
)
"""均为自然人: one cell is all of another, where the sentence says of what."""


def _all_of(passage: Passage, report: About) -> Iterator[CellClaim]:
    if "all of" not in passage.signs:
        return
    for pattern, near, whole, part in _ALL:
        for match in pattern.finditer(passage.text):
            head = passage.text[passage.text.rfind("。", 0, match.start()) + 1 : match.end()]
            found = [_cell(report.tables, address) for address in (part, whole)]
            of_others = "自然人" in match[0] and (says(head, "other_matters") or _is_of_some(passage, match.start()))
            if not near.search(head) or of_others or is_other_time(head, report.year) or None in found:
                continue
            (cell, held), (_, all_) = found  # type: ignore[misc]
            if _OF_THE_REST.search(head, 0, len(head) - len(match[0])):
                begin = match.end() - len(head)
                counts = [each.value for each in passage.figures if begin <= each.start < match.start()]
                if not counts or counts[0] != all_:
                    continue
                all_ -= sum(counts[1:])
            said = Quantity(*match.span(), all_, 1.0, "", "")
            yield CellClaim(said, match.span(), (cell,), all_, held, held == all_, scope(head, report.agency))


def _is_of_some(passage: Passage, position: int) -> bool:
    """新收 24 件，其中不予处理 3 件，均为自然人: is the figure before not that of all received?"""
    first, _ = passage.bounds(position, position)
    before = [at for at, figure in enumerate(passage.figures) if first <= figure.start < position]
    return bool(before) and not _RECEIVED.search(passage.about(before[-1]))


_RECEIVED = lazy("^(?!.*其中).*?(?:收|受理|提出|接)")


_OF_THE_REST = lazy("(?:其余|其[他它]|余下)[^,，。;]{0,6}$")
"""复议 6 件，尚未审结 2 件，其余均维持: all but those."""


def _cell(tables: Tables, address: str) -> tuple[CellKey, float] | None:
    key = CellKey.parse(address)
    value = tables[key.table].value(key.row, key.column) if key.table in tables else None
    return None if value is None else (key, value)
