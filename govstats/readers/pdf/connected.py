"""Merged rulings of a page → groups of rulings that meet, one group for each table or frame."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from govstats.readers.pdf.ruling import THIN, Ruling, outline

_Meetings = np.ndarray[tuple[int, int], np.dtype[np.bool_]]
_Marks = np.ndarray[tuple[int], np.dtype[np.bool_]]


def connected(rulings: tuple[Ruling, ...]) -> list[tuple[Ruling, ...]]:
    """Rulings that meet, smallest outline first, so that a frame around a table does not swallow it."""
    across = [each for each in rulings if each.horizontal]
    down = [each for each in rulings if not each.horizontal]
    if len(across) < 2 or len(down) < 1:
        return []
    found = [
        (*(across[i] for i in np.flatnonzero(rows)), *(down[i] for i in np.flatnonzero(columns)))
        for rows, columns in _components(_meetings(across, down))
    ]
    return sorted(found, key=lambda group: outline(group).area)


def _meetings(across: list[Ruling], down: list[Ruling]) -> _Meetings:
    """Which horizontal rulings meet which vertical ones?"""
    h, v = (np.array([each[1:] for each in side]) for side in (across, down))
    meets = (h[:, 1, None] - THIN <= v[:, 0]) & (v[:, 0] <= h[:, 2, None] + THIN)
    meets &= (v[:, 1] - THIN <= h[:, 0, None]) & (h[:, 0, None] <= v[:, 2] + THIN)
    return meets


def _components(meets: _Meetings) -> Iterator[tuple[_Marks, _Marks]]:
    """Horizontal and vertical rulings that hang together: two or more across, one or more down."""
    seen = np.zeros(meets.shape[0], dtype=bool)
    for seed in range(meets.shape[0]):
        if seen[seed]:
            continue
        rows, columns = _reached(seed, meets)
        seen |= rows
        if rows.sum() >= 2 and columns.any():
            yield rows, columns


def _reached(seed: int, meets: _Meetings) -> tuple[_Marks, _Marks]:
    """The horizontal and vertical rulings that hang together with the horizontal one `seed`; each is looked at once."""
    rows, columns = np.zeros(meets.shape[0], dtype=bool), np.zeros(meets.shape[1], dtype=bool)
    new = np.array([seed])
    while new.size:
        rows[new] = True
        fresh = np.flatnonzero(meets[new].any(axis=0) & ~columns)
        columns[fresh] = True
        new = np.flatnonzero(meets[:, fresh].any(axis=1) & ~rows)
    return rows, columns
