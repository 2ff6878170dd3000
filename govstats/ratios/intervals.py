"""Counts → the interval in which the ratio behind them lies with 95 %: Wilson for shares, exact Poisson for rates."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Z = 1.959963984540054
"""The 97.5 % quantile of the normal distribution."""

Figures = NDArray[np.float64]


def wilson(counts: Figures, n: Figures) -> tuple[Figures, Figures]:
    """Score interval of a share; NaN where n is 0 or nothing is known."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share, square = counts / n, Z * Z
        middle = (share + square / (2 * n)) / (1 + square / n)
        half = Z / (1 + square / n) * np.sqrt(share * (1 - share) / n + square / (4 * n * n))
    low, high = np.where(counts == 0, 0.0, middle - half), np.where(counts == n, 1.0, middle + half)
    unknown = ~(n > 0) | np.isnan(counts)
    return np.where(unknown, np.nan, low), np.where(unknown, np.nan, high)


def poisson(counts: Figures, n: Figures) -> tuple[Figures, Figures]:
    """Exact (Garwood) interval of counts over n, which may exceed 1; NaN where n is 0 or nothing is known."""
    from scipy.special import gammaincinv

    known = (n > 0) & ~np.isnan(counts)
    low, high = np.full(len(n), np.nan), np.full(len(n), np.nan)
    found = counts[known]
    low[known] = np.where(found == 0, 0.0, gammaincinv(np.maximum(found, 1), 0.025)) / n[known]
    high[known] = gammaincinv(found + 1, 0.975) / n[known]
    return low, high
