"""Lawful reasons why figures do not follow from last year's: a merger, a correction, documents that lapsed.

Recognised is what explains all of the difference; likely, what the report speaks of without a figure that fits.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from govstats.catalog.series import TOTAL
from govstats.comparison.agency import Step
from govstats.comparison.copies import Filed
from govstats.comparison.filing import Filing
from govstats.comparison.filings import Filings
from govstats.comparison.histories import History
from govstats.comparison.notes import Note, of_kind
from govstats.comparison.pairs import Pair
from govstats.comparison.series import series_of
from govstats.comparison.stock import Flow
from govstats.lang import Text
from govstats.model.wording import figure_text, listed

_MOST_ENDED = 40
_TOGETHER = 3
_FEW, _TELLING = 2, 10
_REGION = re.compile(r"(?:[一-鿿]{1,7}?(?:省|自治区|市|县|区|州|盟|旗))+")
_GOVERNMENT = re.compile("(?:人民政府|政府)?(?:办公室)?$")
_COUNTY = 6


class Reason(NamedTuple):
    """Why figures do not follow; `severity`: info if it explains all, warning if it only may. `ended`: the last reports
    of bodies that were taken over."""

    severity: str
    text: Text
    ended: tuple[Filing, ...] = ()


@dataclass(slots=True)
class Ended:
    """The agencies of each place that file no more after some year: others may have taken them over."""

    filings: Filings
    filed: Mapping[int, Filed]
    by_place: defaultdict[tuple[str, int], list[History]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, filings: Filings, filed: Mapping[int, Filed], known: Iterable[History]) -> Ended:
        """Those among the histories of a run."""
        found = cls(filings, filed)
        for history in known:
            last = max(history.years)
            for place in found._places(history):
                found.by_place[place, last].append(history)
        return found

    def before(self, history: History, year: int) -> list[Filing]:
        """The last reports, for `year`, of the agencies of its place that file no more."""
        known = {each.key: each for place in self._places(history) for each in self.by_place.get((place, year), ())}
        numbers = [each.years[year][0] for each in known.values() if each.key != history.key]
        return list(self.filings.load(numbers)) if len(numbers) <= _MOST_ENDED else []

    def _places(self, history: History) -> set[str]:
        entry = self.filed[history.numbers[-1]].entry
        named = _REGION.match(history.key)
        return {each for each in (entry.place and entry.place[:_COUNTY], named and named[0]) if each}


def carry_reason(step: Step, pairs: Sequence[Pair], ended: Iterable[Filing]) -> Reason | None:
    """Why what was carried over is not what last year carried on."""
    more = {
        pair.cell.column: (pair.now or 0.0) - (pair.before or 0.0)
        for pair in pairs
        if None not in (pair.now, pair.before)
    }
    total = more.get(TOTAL) or sum(more.values())
    new = next((pair.now for pair in pairs if pair.cell.column == TOTAL), None)
    notes = step.now.notes
    if said := _saying(of_kind(notes, "correction"), [new, abs(total)]):
        return Reason(
            "info", _quoting(said, "本年报告说明了更正", "this year's report says that last year's figure is corrected")
        )
    rising = all(each >= 0 for each in more.values())
    if rising and (found := _taken_over(more, ended, notes)):
        return found
    if rising and (said := _saying(of_kind(notes, "merger"), [total])):
        return Reason("info", _quoting(said, "本年报告说明有划入的", "this year's report says what came in"))
    if total < 0 and (said := _saying(of_kind(notes, "moved_out"), [-total])):
        return Reason("info", _quoting(said, "本年报告说明有划出的", "this year's report says what went out"))
    return _likely_carry(step, rising, notes)


def _likely_carry(step: Step, rising: bool, notes: tuple[Note, ...]) -> Reason | None:
    if step.renamed and rising:
        return Reason(
            "info",
            Text(
                "本年首次以新名称报告，可能承接了别的机关的申请",
                "it is the first year under a new name, and another body may have been taken over",
            ),
        )
    kinds = ("correction", "merger") if rising else ("correction", "moved_out")
    said = [note for note in of_kind(notes, *kinds) if note.kind != "correction" or "结转" in note.text]
    if said:
        return Reason(
            "warning", _quoting(said[0], "可能与本年报告所说的有关", "perhaps for what this year's report says")
        )
    if step.renamed:
        return Reason(
            "warning",
            Text(
                "本年首次以新名称报告，可能有职责划出",
                "it is the first year under a new name, and duties may have gone elsewhere",
            ),
        )
    return None


def _taken_over(more: Mapping[str, float], ended: Iterable[Filing], notes: tuple[Note, ...]) -> Reason | None:
    """The bodies of the place that file no more and whose row 4 together is the difference, column by column.

    Where many are there to choose from, small figures agree by chance.
    """
    left = [(each, kept) for each in ended if any((kept := _carried_on(each)).values())]
    named = [pair for pair in left if any(_is_named(pair[0], note) for note in notes)]
    for some in ([named] if named else []) + [list(c) for n in range(1, _TOGETHER + 1) for c in combinations(left, n)]:
        if all(sum(kept.get(column, 0.0) for _, kept in some) == figure for column, figure in more.items()):
            told = listed(
                Text(
                    f"{each.agency}（{each.path}，结转 {figure_text(kept.get(TOTAL))} 件）",
                    f"{each.agency} (“{each.path}”, {figure_text(kept.get(TOTAL))} carried on)",
                )
                for each, kept in some
            )
            text = Text(
                f"差额正好是不再报告的{told.zh}", f"the difference is just what {told.en}, which files no more, left"
            )
            is_sure = some == named or len(left) <= _FEW or (len(some) == 1 and _tells(more))
            return Reason("info" if is_sure else "warning", text, tuple(each for each, _ in some))
    return None


def _tells(more: Mapping[str, float]) -> bool:
    """Are these figures nobody's by chance: several kinds of applicants, or one of two digits?"""
    kinds = [figure for column, figure in more.items() if column != TOTAL and figure]
    return len(kinds) > 1 or any(figure >= _TELLING for figure in kinds)


def _carried_on(filing: Filing) -> dict[str, float]:
    return {
        column: value
        for column, cells in series_of(filing, "carried_out").items()
        if (value := filing.tables[cells[0].table].value(*cells[0][1:])) is not None
    }


def _is_named(filing: Filing, note: Note) -> bool:
    bare = _GOVERNMENT.sub("", _REGION.sub("", filing.agency or "", count=1))
    return len(bare) > 1 and bare in note.text


def stock_reason(step: Step, wrong: Sequence[Flow], ended: Iterable[Filing]) -> Reason | None:
    """Why the stock of documents does not follow, if what the report says explains every row of it."""
    told: list[Reason] = []
    known = list(ended)
    for flow in wrong:
        apart = flow.in_force - flow.due
        said = _of_flow(step, flow, apart)
        reason = Reason("info", said) if said else _stock_taken_over(flow, apart, known) if apart > 0 else None
        if reason is None:
            return None
        told.append(reason)
    bodies = {body.number: body for reason in told for body in reason.ended}
    return Reason("info", listed(dict.fromkeys(reason.text for reason in told)), tuple(bodies.values()))


def _of_flow(step: Step, flow: Flow, apart: float) -> Text | None:
    notes = step.now.notes
    size, beside = abs(apart), flow.repealed if apart < 0 else flow.issued
    kinds = ("lapse", "moved_out") if apart < 0 else ("entry", "merger")
    found = of_kind(notes, *kinds)
    said = _saying(found, [size]) or (_saying(found, [size + beside]) if beside else None) or _adding_up(found, size)
    if said:
        return _quoting(said, "本年报告说明了", "this year's report says so")
    if said := _saying(of_kind(notes, "correction"), [size, flow.in_force, flow.before + apart]):
        return _quoting(said, "本年报告说明了更正", "this year's report says that it is corrected")
    return None


def _adding_up(notes: tuple[Note, ...], size: float) -> Note | None:
    """The first of some notes whose counts, or those of all of them, make up a figure."""
    for some in (*((note,) for note in notes), notes):
        counts = [count for note in some for count in note.figures if 0 < count < size][:12]
        if any(sum(few) == size for n in (2, 3) for few in combinations(counts, n)):
            return some[0]
    return None


def _stock_taken_over(flow: Flow, apart: float, ended: Sequence[Filing]) -> Reason | None:
    had = [(each, stock) for each in ended if (stock := _in_force(each, flow.row))]
    for some in (some for n in range(1, _TOGETHER + 1) for some in combinations(had, n)):
        if sum(stock for _, stock in some) == apart:
            told = listed(Text(f"{each.agency}（{each.path}）", f"{each.agency} (“{each.path}”)") for each, _ in some)
            text = Text(
                f"差额正好是不再报告的{told.zh}的", f"the difference is just what {told.en}, which files no more, had"
            )
            return Reason("info", text, tuple(each for each, _ in some))
    return None


def _in_force(filing: Filing, row: str) -> float | None:
    table = filing.tables.get("disclosure")
    return table.value(row, "in_force") if table and "in_force" in table.keys(row) else None


def _saying(notes: Iterable[Note], figures: Iterable[float | None]) -> Note | None:
    """The first note that has one of some figures, none of them 0."""
    wanted = {each for each in figures if each}
    return next((note for note in notes if wanted & set(note.figures)), None)


def _quoting(note: Note, zh: str, en: str) -> Text:
    return Text(f"{zh}：{note.quoted.zh}", f"{en}: {note.quoted.en}")
