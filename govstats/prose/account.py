"""Requests as an account: a passage and its Mentions → Sums of kind flow.

新收 + 上年结转 = 办结 + 结转下年度. An account is accused only if no assignment of roles makes it balance, and then
with the one that comes nearest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from govstats.prose.compared import YEAR
from govstats.prose.mentions import (
    Mention,
    is_any_carried_in,
    is_nothing_carried_in,
    is_nothing_carried_on,
    is_of_another_class,
)
from govstats.prose.passages import Passage
from govstats.prose.readings import begins_a_statement
from govstats.prose.totals import Total, is_left_out, total_of
from govstats.prose.weighing import Sum
from govstats.prose.words import says

_MOST = 12
"""An account of more figures is several accounts."""


_Sides = tuple[tuple[str, ...], tuple[str, ...]]


class _Account(NamedTuple):
    """One assignment: role → figure; `gap` by how much it does not balance, `sides` what does not equal what."""

    known: dict[str, int]
    gap: float
    sides: _Sides | None
    certain: bool = True


_LAWS: tuple[_Sides, ...] = (
    (("new", "due"), ("handled", "next")),
    (("todo",), ("handled", "next")),
    (("todo",), ("new", "due")),
)
_BOUNDS: tuple[_Sides, ...] = (
    (("new", "due"), ("handled",)),
    (("todo",), ("handled",)),
    (("todo",), ("next",)),
    (("todo",), ("due",)),
)
"""The second is a part of the first."""


def flows(passage: Passage, told: Sequence[Mention]) -> Iterator[Sum]:
    """The balances of a passage whose mentions are `told`."""
    for account in _accounts(passage, _of_one_year(passage, told)):
        yield from _judged(passage, account)


def _of_one_year(passage: Passage, told: Sequence[Mention]) -> Sequence[Mention]:
    """2022 年收到 303 件，2023 年收到 318 件: of years that labels name, the account is of the last."""
    named = {
        mention.at: YEAR.findall(passage.labels[mention.at])
        for mention in told
        if not {*mention.roles} & {"due", "next"}
    }
    years = {years[-1] for years in named.values() if years}
    if len(years) < _SEVERAL:
        return told
    return [each for each in told if not named.get(each.at) or named[each.at][-1] == max(years)]


_SEVERAL = 2


def _accounts(passage: Passage, told: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Where something is received once more after it was handled or carried on, or in a statement that names the year
    or the body anew, another account begins."""
    account: list[Mention] = []
    for mention in told:
        over = any(other.roles[0] in ("handled", "next") for other in account) and "handled" not in mention.roles
        received = any(other.roles[0] in ("new", "todo") for other in account)
        again = over or (received and begins_a_statement(passage, mention.at))
        if account and again and mention.roles[0] in ("new", "todo"):
            yield account
            account = []
        account.append(mention)
    yield account


def _judged(passage: Passage, account: list[Mention]) -> Iterator[Sum]:
    account = _without_division(passage, _without_all(passage, _without_classes(passage, account)))
    if not 1 < len(account) <= _MOST:
        return
    if (left := _too_many_left(passage, account)) is not None:
        yield left
        return
    if _is_reduced(passage, account):
        return
    every = _readings(passage, account, _is_whole(passage, account), _laws(passage, account))
    readings = [reading for reading in every if reading.sides]
    good = [reading for reading in readings if not reading.gap]
    if good:
        best = max(good, key=lambda reading: sum(map(len, reading.sides or ())))
        if not any(passage.figures[at].value for at in best.known.values()):
            return
        yield _sum(passage, best, None)
    elif len(readings) == len(every) > 0:
        best = min(readings, key=lambda reading: (not reading.certain, reading.gap))
        found = _sum(passage, best, "warning" if best.certain else "info")
        if not _is_lacking_others(passage, account, found):
            yield found


def _without_classes(passage: Passage, account: list[Mention]) -> list[Mention]:
    """征地类申请新收 68 件、其他申请新收 5 件, 上年结转 9 件: what a class is told of is no role of all requests."""
    return [
        each for each in account if not ((each.at and is_of_another_class(passage, each.at - 1, each.at)) and each.rest)
    ]


def _without_all(passage: Passage, account: list[Mention]) -> list[Mention]:
    """办理 234 件。办结上年结转的 19 件，新收的 237 件中办结 215 件: without what was handled in all."""
    value = {mention.at: passage.figures[mention.at].value for mention in account}
    settled = [value[each.at] for each in account if "settled" in each.roles]
    handled = [each for each in account if "handled" in each.roles]
    sums = {old + value[each.at] for old in settled for each in handled}
    return [each for each in account if each not in handled or len(handled) < _SEVERAL or value[each.at] not in sums]


def _without_division(passage: Passage, account: list[Mention]) -> list[Mention]:
    """答复 746 件(上年结转 28 件, 本年受理并答复 718 件), 另有 39 件跨年: a bracket that divides what was handled."""
    inside: set[int] = set()
    for number, whole in enumerate(account):
        parts = _in_bracket(passage, whole.at, account[number + 1 :]) if "handled" in whole.roles else []
        if len(parts) > 1 and sum(passage.figures[at].value for at in parts) == passage.figures[whole.at].value:
            inside.update(parts)
    return [each for each in account if each.at not in inside]


def _in_bracket(passage: Passage, whole: int, behind: list[Mention]) -> list[int]:
    depth, sentence = passage.depths[whole], passage.sentences[whole]
    within = takewhile(lambda each: passage.depths[each.at] > depth and passage.sentences[each.at] == sentence, behind)
    return [each.at for each in within]


def _is_lacking_others(passage: Passage, account: list[Mention], found: Sum) -> bool:
    """收到 85 件，3 件转结下年，2 件撤回，其余 80 件答复: do figures between that are no mentions make up the lack?"""
    told, last = {mention.at for mention in account}, account[-1].at
    between = [passage.figures[at] for at in range(account[0].at, last) if at not in told and not passage.depths[at]]
    lacking = found.total.value - sum(passage.figures[at].value for at in found.parts)
    return lacking > 0 and lacking in {figure.value for figure in between if figure.unit == found.total.unit}


def _too_many_left(passage: Passage, account: list[Mention]) -> Sum | None:
    """收到 300 件，其中 11 件在办，其余 311 件办结: are more left than there were, and nothing came besides?"""
    first, *others = account
    left = next((mention for mention in others if mention.rest), None)
    if left is None or not {*first.roles} & {"new", "todo"} or is_any_carried_in(passage.text):
        return None
    total = total_of(passage.figures[first.at], first.at)
    if passage.sentences[left.at] != passage.sentences[first.at] or passage.figures[left.at].value <= total.value:
        return None
    both = total.value + passage.figures[left.at].value
    if any(figure.value == both for figure in passage.figures[left.at + 1 : left.at + 3]):
        return None  # 历史类 2 件，其他类 94 件，合计 96 件
    return Sum(total, (left.at,), False, "warning", "left", kind="flow")


def _is_reduced(passage: Passage, account: list[Mention]) -> bool:
    """收到 57 件, 撤件 39 件, 受理 18 件: withdrawn before, so that 受理 is neither new nor to be done."""
    first, last = account[0].at, account[-1].at
    return any(says(passage.labels[index], "withdrawn") for index in range(first + 1, last))


def _is_whole(passage: Passage, account: list[Mention]) -> bool:
    """收到 85 件，4 件结转，其余 81 件答复; 除 4 件结转外; 无上年结转: does it say itself that nothing was carried in
    besides, with no further figure between?"""
    first, last = account[0].at, account[-1].at
    told, text = {mention.at for mention in account}, passage.text[: passage.figures[last].end]
    others = [at for at in range(first, last) if at not in told and not passage.figures[at].percent]
    if others or not set(account[0].roles) & {"new", "todo"} or passage.sentences[last] > passage.sentences[first] + 1:
        return False
    if is_nothing_carried_in(text):
        return True
    of_it = any(mention.rest or is_left_out(passage, mention.at) for mention in account)
    return of_it and not is_any_carried_in(text)


def _laws(passage: Passage, account: list[Mention]) -> tuple[_Sides, ...]:
    """What must be equal. 新收 40 件，上年结转 3 件，办结 43 件，无结转下年度件: then all of them were handled."""
    first, last = account[0].at, account[-1].at
    end = passage.bounds(passage.figures[last].start, passage.figures[last].end)[1]
    others = len(account) != last - first + 1 or any("settled" in mention.roles[:1] for mention in account)
    told = passage.text[passage.figures[first].end : end]
    if others or says(told, "withdrawn") or not is_nothing_carried_on(told):
        return _LAWS
    return (*_LAWS, *((came, ("handled",)) for came in (("new", "due"), ("todo",))))


def _readings(passage: Passage, account: list[Mention], whole: bool, laws: tuple[_Sides, ...]) -> list[_Account]:
    """The assignments in which no role has two figures; one without laws that apply has no sides."""
    values = [figure.value for figure in passage.figures]
    found: list[dict[str, int]] = [{}]
    for mention in account:
        longer = (
            known if role in known else {**known, role: mention.at}
            for known in found
            for role in mention.roles
            if values[known.get(role, mention.at)] == values[mention.at]
        )
        found = list({tuple(sorted(known.items())): known for known in longer}.values())
    return [_weighed(passage, known, whole, laws) for known in found]


def _weighed(passage: Passage, known: dict[str, int], whole: bool, laws: tuple[_Sides, ...]) -> _Account:
    value = {role: passage.figures[at].value for role, at in known.items()}
    sides: _Sides | None = None
    gap = 0.0
    for left, right in laws:
        if all(role in known for role in (*left, *right)):
            difference = abs(sum(value[role] for role in left) - sum(value[role] for role in right))
            if "handled" in right and "settled" in value:  # 办结上年结转 27 件，新收 318 件中办结 283 件
                difference = min(difference, abs(difference - value["settled"]))
            if sides is None or difference > gap:
                sides, gap = (left, right), difference
    if gap:
        return _Account(known, gap, sides)
    for left, right in _BOUNDS:
        if all(role in known for role in (*left, *right)):
            excess = sum(value[role] for role in right) - sum(value[role] for role in left)
            if excess > 0:
                return _Account(known, excess, (left, right))
    if sides is None and "due" not in known and {"new", "handled", "next"} <= known.keys():
        lacking = value["new"] - value["handled"] - value["next"]
        if "settled" in value:  # 新收 130 件，答复 123 件，结转 7 件，另答复上年结转 3 件
            gap = min(abs(lacking), abs(lacking + value["settled"]))
            return _Account(known, gap, (("new",), ("handled", "next")))
        gap = abs(lacking) if whole else max(0.0, lacking)
        return _Account(known, gap, (("new",), ("handled", "next")), whole)
    return _Account(known, 0.0, sides)


def _sum(passage: Passage, reading: _Account, severity: str | None) -> Sum:
    left, right = reading.sides or ((), ())
    at = tuple(reading.known[role] for role in left)
    total: Total = total_of(passage.figures[at[0]], at[0])
    total = total._replace(value=sum(passage.figures[index].value for index in at), at=at)
    parts = tuple(reading.known[role] for role in right)
    return Sum(total, parts, severity is None, severity, "flow" if severity else "", kind="flow")
