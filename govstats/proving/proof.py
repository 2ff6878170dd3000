"""Tables whose figures were recognised → the same, each figure proved, agreed upon, or unreadable. Never a guess.

The relations of a form are a code: a figure stands in two or more of them, so a misread one shows. Where all relations
hold and no other readings of the picture would make them hold, the figures are proved. Where some do not, another
reading is taken only if the picture all but says so itself; a figure that is seen clearly, twice, stays as it is
printed, and the failing relation is the agency's; all others in a failing relation are unreadable.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from govstats.model.document import Document, Place
from govstats.model.forms import TableForm
from govstats.model.outcomes import Outcome, evaluate
from govstats.model.recognised import Look, Recognised, Trust
from govstats.model.table import Table
from govstats.proving.candidates import Candidate, Candidates, candidates
from govstats.proving.choice import choose
from govstats.text.figures import UNREADABLE, Figure

_FINE = ((0.95, 18.0), (0.99, 15.0))
"""So many of all figures must be seen clearly where characters are so many pixels high."""
_ENOUGH = 2
"""In so many relations a figure must stand to be proved by them alone: in one, two that are misread alike may hide."""


def proved(tables: Mapping[str, Table], document: Document) -> dict[str, Table]:
    """The tables of a document; those without recognised cells as they are."""
    if not document.looks:
        return dict(tables)
    fine = _is_fine(document.looks.values())
    return {name: settled(table, _seen(table, document.looks), fine) for name, table in tables.items()}


def _is_fine(looks: Collection[Look]) -> bool:
    """Is the picture so fine that two recognitions can be believed where no relation proves them?"""
    clear, height = sum(look.is_clear for look in looks) / len(looks), min(look.height for look in looks)
    return any(clear >= least and height >= smallest for least, smallest in _FINE)


def _seen(table: Table, looks: Mapping[Place, Look]) -> dict[int, Look]:
    """What was seen in each cell that has its place."""
    return {
        at: looks[place]
        for at, place in enumerate(table.places)
        if place is not None and place in looks and table.form.cells[at].row not in table.lost
    }


def settled(table: Table, seen: Mapping[int, Look], fine: bool = True) -> Table:
    """A table with what was seen in its cells (positions) → the same, its recognised figures settled; `fine`: two
    recognitions that agree are believed."""
    if not seen:
        return table
    readers = table.form.readers
    options = {at: candidates(look, readers[at]) for at, look in seen.items()}
    values, states = table.values.copy(), table.states.copy()
    for at, each in options.items():
        _put(values, states, at, each.best)
    trusts = _trusts(table.form, values, states, options, fine)
    for at, trust in trusts.items():
        if trust is Trust.DOUBTFUL:
            _put(values, states, at, None)
    return replace(
        table,
        values=values,
        states=states,
        recognised={at: _recognised(seen[at], options[at], trusts[at]) for at in sorted(seen)},
    )


def _recognised(look: Look, options: Candidates, trust: Trust) -> Recognised:
    """What is kept of a cell: its picture only where somebody may have to compare."""
    text = options.best.text if options.best else look.text
    return Recognised(text, trust, b"" if trust is Trust.PROVED else look.crop)


def _put(values: NDArray[np.float64], states: NDArray[np.uint8], at: int, chosen: Candidate | None) -> None:
    figure: Figure = UNREADABLE if chosen is None else chosen.figure
    values[at], states[at] = figure.value, figure.state


def _trusts(
    form: TableForm, values: NDArray[np.float64], states: NDArray[np.uint8], options: dict[int, Candidates], fine: bool
) -> dict[int, Trust]:
    """Why each recognised cell is believed. Changes `values` and `states` where the relations decide for a reading."""
    choice = choose(form, values, states, options)
    for at, chosen in choice.taken.items():
        _put(values, states, at, chosen)
    outcomes = evaluate(form, values[None], states[None])[0]
    involved = form.matrix != 0
    trusts = {}
    for at, each in options.items():
        own = outcomes[involved[:, at]]
        held = int((own == Outcome.PASS).sum())
        if each.best is None or at in choice.open:
            trusts[at] = Trust.DOUBTFUL
        elif held >= _ENOUGH and held == len(own):
            trusts[at] = Trust.PROVED
        elif not (fine and each.clear and at not in choice.taken):
            trusts[at] = Trust.DOUBTFUL
        else:
            trusts[at] = Trust.PROVED if held and held == len(own) else Trust.AGREED
    return trusts
