"""A stack of tables of one form → the outcome of every relation of every table, in one matrix product.

Figures are float64: sums of counts are exact below 2**53.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from govstats.model.bounds import links_of
from govstats.model.fillings import judge
from govstats.model.forms import TableForm
from govstats.text.figures import State

_AMOUNT_TOLERANCE = 1e-6


class Outcome(IntEnum):
    """What can be said of one relation in one table."""

    PASS = 0
    FAIL = 1
    UNVERIFIABLE = 2
    ERROR = 3


def evaluate(
    form: TableForm, values: NDArray[np.float64], states: NDArray[np.uint8], *, together: bool = True
) -> NDArray[np.uint8]:
    """N × cells values and states → N × relations outcomes.

    Blanks and marks count as 0 first: a relation that holds then passes. If not, but whole non-negative figures in
    their places make it hold together with all relations that share blanks with it, even by way of others, it is
    UNVERIFIABLE; else it fails. Unreadable and absent cells may hold any such figure too; a relation with one that is
    not hopeless is an ERROR: it was not verified. With `together` false, each relation is judged by itself.
    """
    known = (states == State.NUMBER) | (states == State.ZERO)
    figures = np.where(known, values, 0.0)
    residuals = figures @ form.matrix.T
    holds = np.abs(residuals) < _AMOUNT_TOLERANCE
    outcomes = np.where(holds, np.uint8(Outcome.PASS), np.uint8(Outcome.FAIL))
    if known.all():
        return outcomes
    links = links_of(form)
    unknown = (~known).astype(np.float64)
    can_rise, can_fall = unknown @ links.plus > 0, unknown @ links.minus > 0
    savable = (can_rise & (residuals <= 0)) | (can_fall & (residuals >= 0))
    asked = ~holds & savable
    at = np.flatnonzero(asked.any(axis=1))
    if at.size and together:
        savable[at] &= ~judge(form, figures[at], ~known[at]).hopeless
    outcomes[~holds & savable] = Outcome.UNVERIFIABLE
    lost = (states == State.UNREADABLE) | (states == State.ABSENT)
    if lost.any():
        held = lost.astype(np.float64) @ (links.plus + links.minus) > 0
        outcomes[held & (holds | savable)] = Outcome.ERROR
    return outcomes


def sides(form: TableForm, values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """One table's values (NaN counts as 0) → the left and the right sum of every relation."""
    known = np.nan_to_num(values, nan=0.0)
    matrix = form.matrix
    return np.clip(matrix, 0, None) @ known, np.clip(-matrix, 0, None) @ known
