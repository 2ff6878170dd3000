"""What was told of units → what makes up all that their parent is off by: whose faults, and why it rightly may be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from govstats.comparison.culprits import Blame
from govstats.comparison.reasons import Reason
from govstats.lang import Text, joined
from govstats.model.wording import listed

_LEFT_OUT, _MOST = 3, 40
Off = Mapping[tuple[str, str], float]
"""By how much each line (row and column, one of them empty) is off."""


@dataclass(slots=True)
class Told:
    """That an equation of a report fails, for whom, by how much in each line, and why it rightly may."""

    blame: Blame
    off: Off
    reason: Reason | None = None


def making_up(below: Iterable[Told], off: Off) -> tuple[Told, ...]:
    """What was told of units that makes up what a parent is off by: all, or all but few. For a parent may have the
    right figure of some, or have had another unit that one of them took over. Nothing if it does not."""
    known = [told for told in below if any(told.off.get(at) for at in off)]
    return next((some for some in _but_few(known) if _make_up(some, off)), ())


def _but_few(below: Sequence[Told]) -> Iterator[tuple[Told, ...]]:
    most = _LEFT_OUT if len(below) <= _MOST else 0
    for n in range(len(below), max(len(below) - most, 1) - 1, -1):
        yield from combinations(below, n)


def _make_up(some: Iterable[Told], off: Off) -> bool:
    return all(sum(told.off.get(at, 0.0) for told in some) == figure for at, figure in off.items())


def at_fault(below: Iterable[Told]) -> list[Blame]:
    """Those of them that have no lawful reason, each once."""
    return list({told.blame.cause: told.blame for told in below if told.reason is None}.values())


def reason_above(below: Iterable[Told]) -> Reason | None:
    """The lawful reasons of units as a parent has them that was compiled from their reports."""
    lawful = [(told.blame, told.reason) for told in below if told.reason is not None]
    if not lawful:
        return None
    whose = listed(
        Text(f"{each.name.zh}（{each.filing.path}）", f"{each.name.en} (“{each.filing.path}”)") for each, _ in lawful
    )
    why = joined(dict.fromkeys(reason.text for _, reason in lawful), "；", "; ")
    severity = "warning" if any(reason.severity == "warning" for _, reason in lawful) else "info"
    return Reason(severity, Text(f"差额正好是{whose.zh}的，{why.zh}", f"it is just as much as in {whose.en}: {why.en}"))
