"""A trial → the simplest explanation of its failing relations, and its rivals. The rungs, cheapest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from govstats.diagnosis.cause import Edit
from govstats.diagnosis.exchanges import opposed
from govstats.diagnosis.explanation import Explanation
from govstats.diagnosis.gaps import gaps
from govstats.diagnosis.milp import solve
from govstats.diagnosis.repairs import Repair, is_vouched, joined, repairs_apart
from govstats.diagnosis.structure import edits, edits_and_a_cell
from govstats.diagnosis.system import system_of
from govstats.diagnosis.ties import minimal
from govstats.diagnosis.trial import Trial
from govstats.diagnosis.unfilled import Filled, filled, improves, open_fills
from govstats.model.forms import TableForm

_SPARE = 2
"""A repair of nearly as many cells as relations fail would fit anything."""
_MANY = 6
"""A repair of more cells than that would rather be another table; and to look for it takes seconds."""
_TRIED = 100
"""So many are tried with all blanks together."""
_PAIR = 2
_MOST = 5000
"""Joint repairs of independent parts are multiplied out up to so many."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The best explanation first, then those that explain the table as simply but differently. None at all: whether
    there is one was not decided.

    `counted`: there are no others. `certain`: the best may be asserted.
    """

    explanations: tuple[Explanation, ...]
    counted: bool = True
    certain: bool = True

    @property
    def best(self) -> Explanation:
        """The simplest one."""
        return self.explanations[0]

    @property
    def unique(self) -> bool:
        """Has it no rival?"""
        return len(self.explanations) == 1 and self.counted and self.certain


def explain(start: Trial) -> Verdict | None:
    """The simplest explanation of all failing relations (and of blank totals), or None if none is found.

    Where figures are missing, relations that fail by themselves are explained first; if that is not enough, all that
    no filling saves, with the blanks as cells that may be wrong too.
    """
    alone = _Ladder(start.apart).climb() if gaps(start).any() and start.apart.n_open else None
    return alone if alone and alone.explanations else _Ladder(start).climb()


def confirm(start: Trial, cell: tuple[int, float]) -> Verdict:
    """The only cell that explains all, as `localise` has found it, against slips that would."""
    return _Ladder(start).alone(cell)


def beside_slips(start: Trial, cells: list[Repair]) -> Verdict:
    """Repairs of the one part of a table that fails, with the slips that explain it as well."""
    ladder, found = _Ladder(start), [Explanation(cells=each) for each in cells]
    return ladder.judged([*found, *ladder.saved_edits], found) or Verdict(tuple(found))


class _Ladder:
    def __init__(self, start: Trial) -> None:
        self.start = start
        self.ways = filled(start)
        self.gaps = bool(gaps(start).any())
        self.cut = False

    def climb(self) -> Verdict | None:
        rungs: tuple[Callable[[], list[Explanation]], ...] = (self._fills, self._singles, self._slips, self._mixed)
        failing = bool(self.start.n_failing)
        for rung in rungs if failing else rungs[:1]:
            found = self._saved(rung())
            leading = [each for each in found if self._may_lead(each)] if rung == self._fills else found
            if verdict := self.judged(found, leading):
                return self._against_pairs(verdict, found) if rung == self._slips else verdict
        return (self._a_line() or self._many_cells()) if failing else None

    def judged(self, found: list[Explanation], leading: list[Explanation] | None = None) -> Verdict | None:
        """The simplest of these that explains enough to be told, with its rivals among them; None if none does."""
        claims = [each for each in (found if leading is None else leading) if each.claims(self.start)]
        return self._verdict(min(claims, key=lambda each: each.cost), found) if claims else None

    def _may_lead(self, each: Explanation) -> bool:
        """A line of totals that is empty is a cause by itself, unless a slip says where all of its figures went."""
        changes = each.edit.changes if each.edit else {}
        wanted = {
            cell for way in self.ways for fill in way.fills for cell, figure in fill.figures.items() if figure > 0
        }
        return bool(each.fills) or all(changes.get(cell, 0) > 0 for cell in wanted)

    def _against_pairs(self, verdict: Verdict, found: list[Explanation]) -> Verdict:
        """Two things may also be a slip and a cell."""
        if not verdict.unique or verdict.best.things < _PAIR:
            return verdict
        return self.judged([*found, *self._saved(self._pairs)], [verdict.best]) or verdict

    def alone(self, cell: tuple[int, float]) -> Verdict:
        """The one cell that explains all, with its rivals."""
        one = Explanation(cells=(cell,))
        return self.judged([one, *self._edits]) or Verdict((one,))

    def _saved(self, found: list[Explanation]) -> list[Explanation]:
        """Those after which some filling of the blanks makes all relations hold; of many the simplest are tried."""
        if not self.gaps:
            return found
        self.cut |= len(found) > _TRIED
        simplest = sorted(found, key=lambda each: each.cost)[:_TRIED]
        return [each for each in simplest if not each.applied(self.start).joint.n_failing]

    def _fills(self) -> list[Explanation]:
        """Total lines that were not filled in explain all; rivals are slips that moved figures."""
        settled = [way for way in self.ways[1:] if not way.trial.n_failing and improves(self.start, way.trial)]
        fewest = len(settled[0].fills) if settled else 0
        ways = [Explanation(way.fills) for way in settled if len(way.fills) == fewest]
        ways = ways or [Explanation(fills) for fills in open_fills(self.start)]
        empty = {cell for each in ways for fill in each.fills for cell in fill.line}
        return [*ways, *(each for each in self._edits if _moves_into(each, empty))] if ways else []

    def _singles(self) -> list[Explanation]:
        """One cell; rivals are slips that moved figures."""
        return [*cells, *self._edits] if (cells := self._cells(self.ways[0], 1)) else []

    def _slips(self) -> list[Explanation]:
        """One slip, two cells, or a line that was not filled and a cell."""
        return self._edits + self._cells(self.ways[0], 2) + self._filled_and_cells(1)

    def _mixed(self) -> list[Explanation]:
        """A slip and a cell, three cells, lines that were not filled and up to two cells."""
        more = self._cells(self.ways[0], 3) + self._filled_and_cells(2)
        return self._edits + self._pairs + (more or self._filled_and_cells(3))

    @property
    def saved_edits(self) -> list[Explanation]:
        """The slips after which blanks can be filled."""
        return self._saved(self._edits)

    @cached_property
    def _edits(self) -> list[Explanation]:
        return [Explanation(edit=edit) for edit in edits(self.start)]

    @cached_property
    def _pairs(self) -> list[Explanation]:
        return [Explanation(edit=edit, cells=cells) for edit, cells in edits_and_a_cell(self.start)]

    def _filled_and_cells(self, most: int) -> list[Explanation]:
        return [each for way in self.ways[1:] for each in self._cells(way, most)]

    def _cells(self, way: Filled, most: int) -> list[Explanation]:
        """Up to so many cells in each component, on top of what was filled."""
        trial = way.trial
        if not trial.residual.any():
            return []
        parts = repairs_apart(trial.system, trial.residual, trial.values, trial.editable, most)
        filled_cells = {cell for fill in way.fills for cell in fill.line}
        return [
            Explanation(way.fills, None, cells)
            for cells in (joined(parts, _MOST) if parts else [])
            if not filled_cells & {cell for cell, _ in cells} and _breaks_nothing(trial, cells)
        ]

    def _verdict(self, best: Explanation, found: list[Explanation]) -> Verdict:
        """Those of the least cost. One alone that is not certain has rivals that are not listed and not counted."""
        rivals = sorted((each for each in found if self._contests(each, best)), key=lambda each: each.cost)
        different = {each.repair(self.start): each for each in reversed([best, *rivals])}
        listed = [
            each
            for each in different.values()
            if each is best or each.claims(self.start) or not _fits_by_chance(each, self.start.form)
        ]
        explanations = _least(tuple(listed[::-1]), self.start)
        certain = not rivals and self._is_vouched(best)
        exhausted = len(found) < _MOST and not self.cut
        return Verdict(explanations, exhausted and (certain or len(explanations) > 1), certain)

    def _is_vouched(self, best: Explanation) -> bool:
        """Do two relations that do not depend on each other ask for each figure that is no part of an empty line?"""
        filled_cells = {cell for fill in best.fills for cell in fill.line}
        changed = [cell for cell, _ in best.repair(self.start) if cell not in filled_cells]
        system = system_of(self.start.form) if best.edit else self.start.system
        moved = bool(best.cells or best.edit)
        return all(is_vouched(system, cell) for cell in changed) and not (moved and opposed(self.start))

    def _contests(self, rival: Explanation, best: Explanation) -> bool:
        """Does a rival assume no more, and give other figures to the cells that the best one changes?"""
        claimed, other = dict(best.repair(self.start)), dict(rival.repair(self.start))
        if all(other.get(cell) == figure for cell, figure in claimed.items()):
            return False
        if rival.things <= best.things:
            return True
        if rival.edit and not rival.cells:
            return rival.edit.free <= best.free + (best.edit is not None)
        return rival.cost <= best.cost + (0 if best.fills and not best.cells else 2)

    def _a_line(self) -> Verdict | None:
        """Lines that may be wrong throughout. Proves nothing: each takes all its figures from the relations."""
        lines = [each for each in self._edits if each.edit and each.edit.kind == "line"]
        lines.sort(key=lambda each: any(self.start.values[cell] for cell in each.edit.lines[0]) if each.edit else True)
        return Verdict(tuple(lines), counted=False) if lines else None

    def _many_cells(self) -> Verdict | None:
        """With scipy: more cells than can be searched for one by one. No explanations: the search was given up."""
        found = sorted(self._solved(), key=lambda each: each.cost)
        least = [each for each in found if each.cost == found[0].cost]
        if not least:
            return Verdict((), counted=False) if self.cut else None
        return Verdict(tuple(least), counted=len(least) == 1 and not self.cut)

    def _solved(self) -> Iterator[Explanation]:
        for way in islice(self.ways, 4):
            trial = way.trial
            if trial.residual.any():
                most = min(trial.n_failing - _SPARE, _MANY)
                solved = solve(trial.system, trial.residual, trial.values, trial.editable, most)
                self.cut |= not solved.decided
                yield from (Explanation(way.fills, None, cells) for cells in solved.repairs)


def _fits_by_chance(each: Explanation, form: TableForm) -> bool:
    """Does a slip take figures from the relations, of which too few fail to prove it? It is a rival, but not told,
    unless it is simple to say: a part that was carried, or whole rows that were moved on by one cell."""
    return each.edit is not None and each.free > 0 and each.edit.kind != "carried" and not _moves_rows(each.edit, form)


def _moves_rows(edit: Edit, form: TableForm) -> bool:
    if edit.kind != "shifted" or edit.axis != "cell":
        return False
    first, last = sorted(cell for line in edit.lines for cell in line)
    rows = [cell.row for cell in form.cells]
    return rows[first] not in rows[:first] and rows[last] not in rows[last + 1 :]


def _moves_into(each: Explanation, empty: set[int]) -> bool:
    """Does a slip say what became of a line that is empty? Else the line is a cause by itself."""
    return any(figure and cell in empty for cell, figure in (each.edit.changes if each.edit else {}).items())


def _breaks_nothing(trial: Trial, cells: Repair) -> bool:
    """Relations that blanks leave undecided must not fail by a repair of the others."""
    return bool(trial.decided.all()) or set(trial.holding(dict(cells)).failing) <= set(trial.failing)


def _least(found: tuple[Explanation, ...], start: Trial) -> tuple[Explanation, ...]:
    """Those that assume as few things as any, and those that change as few cells; none that holds another of them."""
    repairs = [each.repair(start) for each in found]
    things, cells = min(each.things for each in found), min(map(len, repairs))
    kept = minimal(repairs)
    return tuple(
        each
        for each, repair in zip(found, repairs, strict=True)
        if repair in kept and (each.things == things or len(repair) == cells or each is found[0])
    )
