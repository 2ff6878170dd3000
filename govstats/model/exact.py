"""Linear equations over whole figures within bounds → a solution, or that there is none; by HiGHS (scipy).

It is loaded when it is first needed: that takes longer than checking a thousand reports.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_NODES = 500
"""Branches that are searched before giving up: a bound that is the same on every machine."""
_TOLERANCE = 1e-6
_OPTIMAL, _INFEASIBLE = 0, 2


class Solution(NamedTuple):
    """`figures`: those found. `none`: there are surely none. Neither: the search was given up."""

    figures: Floats | None
    none: bool = False


@cache
def available() -> bool:
    """Is scipy installed?"""
    return find_spec("scipy") is not None


def solution(
    matrix: Floats, sums: Floats, low: Floats, high: Floats, whole: NDArray[np.bool_], aim: Floats | None = None
) -> Solution:
    """Figures between `low` and `high` with `matrix` @ figures = `sums`; with an aim, those of which it is least."""
    if not available():
        return Solution(None)
    from scipy.optimize import Bounds, LinearConstraint, milp

    with silence():
        found = milp(
            np.zeros(matrix.shape[1]) if aim is None else aim,
            integrality=whole.astype(float),
            bounds=Bounds(low, high),
            constraints=[LinearConstraint(matrix, sums, sums)],
            options={"node_limit": _NODES},
        )
    if found.status != _OPTIMAL or found.x is None:
        return Solution(None, none=found.status == _INFEASIBLE)
    figures = np.where(whole, np.round(found.x), found.x)
    holds = bool((np.abs(matrix @ figures - sums) < _TOLERANCE * max(1.0, float(np.abs(sums).max(initial=0)))).all())
    return Solution(figures if holds else None)


@contextmanager
def silence() -> Iterator[None]:
    """HiGHS prints a line of its own debugging now and then, past Python, into whatever standard output is."""
    try:
        kept = os.dup(1)
    except OSError:  # there is no standard output
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
