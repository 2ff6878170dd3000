"""Equally good repairs: in the order of likelihood, what they agree on, and the parts that are independent."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from govstats.diagnosis.explanation import Explanation
from govstats.diagnosis.lines import total_cells
from govstats.diagnosis.repairs import Repair
from govstats.diagnosis.trial import Trial
from govstats.text.keying import slip


def minimal(repairs: list[Repair]) -> set[Repair]:
    """Those that hold no other of them. Of the most usual size searches give thousands: none of these holds another."""
    sizes = Counter(map(len, repairs))
    usual = max(sizes, key=lambda size: sizes[size], default=0)
    few = [frozenset(each) for each in repairs if len(each) != usual]
    many = [frozenset(each) for each in repairs if len(each) == usual]
    held = {each for each in repairs if _holds_one(each, few) or (len(each) > usual and _holds_one(each, many))}
    return {*repairs} - held


def _holds_one(repair: Repair, others: list[frozenset[tuple[int, float]]]) -> bool:
    whole = frozenset(repair)
    return any(one < whole for one in others)


def ranked(trial: Trial, repairs: Iterable[Repair]) -> list[Repair]:
    """The fewest cells first; then what one wrong digit each explains, totals before parts, the order of the form."""
    totals = total_cells(trial.form)

    def likelihood(repair: Repair) -> tuple[int, int, int, Repair]:
        typed = sum(slip(float(trial.values[cell]), figure) is not None for cell, figure in repair)
        return len(repair), -typed, sum(cell not in totals for cell, _ in repair), repair

    return sorted(set(repairs), key=likelihood)


def likelihood(trial: Trial, explanation: Explanation, best: bool) -> tuple[object, ...]:
    """What assumes the fewest things first; then what a wrong digit explains, the fewest cells, totals before parts."""
    edit, repair = explanation.edit, explanation.repair(trial)
    asked = edit.lines[0] if edit and edit.kind == "carried" else tuple(cell for cell, _ in explanation.cells)
    figures = dict(repair)
    typed = [
        slip(float(trial.values[cell]), figures.get(cell, float(trial.values[cell]))) is not None for cell in asked
    ]
    totals = total_cells(trial.form)
    parts = sum(cell not in totals for cell, _ in repair)
    moved = not explanation.free
    return (
        explanation.things,
        not (moved or (typed and all(typed))),
        not moved,
        len(repair),
        -sum(typed),
        parts,
        not best,
        repair,
    )


def agreed(repairs: list[Repair]) -> dict[int, float]:
    """Cells that all repairs change to the same figure."""
    common = set(repairs[0]).intersection(*repairs[1:])
    return dict(sorted(common))


def certain_cells(repairs: list[Repair]) -> tuple[int, ...]:
    """Cells that all repairs change, to whatever figure."""
    cells = [{cell for cell, _ in repair} for repair in repairs]
    return tuple(sorted(cells[0].intersection(*cells[1:])))


def independent(trial: Trial, repairs: list[Repair]) -> list[list[Repair]]:
    """Repairs as the product of repairs of parts that share no relation; one part if they are no such product."""
    group_of = _groups(trial.form.matrix != 0, sorted({cell for repair in repairs for cell, _ in repair}))
    parts: dict[int, set[Repair]] = {group: set() for group in sorted(set(group_of.values()))}
    for repair in repairs:
        by_group: dict[int, list[tuple[int, float]]] = {}
        for cell, figure in repair:
            by_group.setdefault(group_of[cell], []).append((cell, figure))
        if len(by_group) < len(parts):
            return [repairs]
        for group, pairs in by_group.items():
            parts[group].add(tuple(pairs))
    product = math.prod(len(part) for part in parts.values())
    return [sorted(part) for part in parts.values()] if product == len(repairs) else [repairs]


def _groups(involved: NDArray[np.bool_], cells: list[int]) -> dict[int, int]:
    """Each cell's group: those that share relations, even by way of others."""
    group_of: dict[int, int] = {}
    held: dict[int, NDArray[np.bool_]] = {}
    for cell in cells:
        met = [group for group, relations in held.items() if (relations & involved[:, cell]).any()]
        held[cell] = np.logical_or.reduce([involved[:, cell], *(held.pop(group) for group in met)])
        group_of = {each: cell if group in met else group for each, group in group_of.items()} | {cell: cell}
    return group_of
