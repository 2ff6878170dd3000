"""Requests in and out: 新收 + 上年结转 = 办结 + 结转下年度, as one sentence or two tell them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from govstats.prose.nouns import spoken
from govstats.prose.passages import Passage
from govstats.prose.sums import Sum
from govstats.prose.totals import is_carried_in, total_of

_NEAR = 2
"""The four figures stand in one sentence or the next."""
_UNITS = frozenset(["件", "宗", "份", "起", "条", "例", ""])


def flows(passage: Passage) -> Iterator[Sum]:
    """The balances of a passage: each begins with what was received."""
    if "结转" not in passage.text and "下年度" not in passage.text:
        return
    kinds = [_kind(passage, index) for index in range(len(passage.figures))]
    for index, kind in enumerate(kinds):
        if kind == "received":
            yield from _balance(passage, index, kinds)


def _balance(passage: Passage, received: int, kinds: list[str]) -> Iterator[Sum]:
    """Said only if all four are there; without 上年结转, only if the other three agree."""
    near = _near(passage, received, kinds)
    if "handled" not in near or "next" not in near:
        return
    values = {kind: passage.figures[index].value for kind, index in near.items()}
    taken = values["received"] + values.get("due", 0)
    given = values["handled"] + values["next"]
    total = total_of(passage.figures[received], received)._replace(value=taken, at=_at(near, "received", "due"))
    parts = _at(near, "handled", "next")
    if taken == given:
        yield Sum(total, parts, True, kind="flow")
    elif "due" in near:
        yield Sum(total, parts, False, "warning", "flow", kind="flow")


def _near(passage: Passage, received: int, kinds: list[str]) -> dict[str, int]:
    """The first figure of each kind near the one received; none if a kind is told twice."""
    near = {"received": received}
    sentence = passage.sentences[received]
    for index in range(max(0, received - 2), min(len(kinds), received + 40)):
        kind = kinds[index]
        if not kind or index == received or abs(passage.sentences[index] - sentence) > _NEAR:
            continue
        if passage.depths[index] != passage.depths[received]:
            continue
        if kind in near:
            return {"received": received} if kind == "received" else near
        near[kind] = index
    return near


def _at(near: dict[str, int], *kinds: str) -> tuple[int, ...]:
    return tuple(near[kind] for kind in kinds if kind in near)


def _kind(passage: Passage, index: int) -> str:
    """received, due (from last year), handled, next (into the next year); empty for anything else."""
    figure = passage.figures[index]
    if figure.percent or figure.approx or figure.unit not in _UNITS:
        return ""
    said = passage.about(index)
    if is_carried_in(said):
        return "due"
    for kind, pattern in _patterns().items():
        if pattern.search(said):
            return kind
    return ""


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    request = f"(?:{spoken('request')}|申请)"
    return {
        "next": re.compile(f"(?:{spoken('next')})"),
        "handled": re.compile(f"(?:{spoken('handle')}|完成答复|答复|办理完成)(?:{request}|的)?$"),
        "received": re.compile(f"(?:{spoken('receive')})(?:.{{0,10}}{request})?(?:公开)?$"),
    }
