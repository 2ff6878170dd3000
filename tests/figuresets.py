"""Seed → Sample: the figures of a report as printed, and what each cell holds, for every way of printing figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from tests.factory import FORMAT, Figures, Forms, random_valid

GAPS = ("", "/", "—", "无", "1***")
"""A blank, three marks, and a masked figure: nobody may read 0 there."""
_CENTS = 0.4375
"""What is added to amounts: they are printed with decimals."""
_FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")


class Sample(NamedTuple):
    """A report's figures as printed, and what every cell holds (table → figures in cell order, None in a gap)."""

    figures: Figures
    truth: Mapping[str, list[float | None]]


def sample(kind: str, seed: int, forms: Forms = FORMAT.tables) -> Sample:
    """The figures of one kind. The same kind and seed always give the same ones."""
    rng = np.random.default_rng(seed)
    make, show = KINDS[kind]
    figures: dict[str, dict[str, dict[str, object]]] = {}
    truth: dict[str, list[float | None]] = {}
    for name, vector in make(rng, forms).items():
        form = forms[name]
        for cell, drawn, figure in zip(form.cells, vector.tolist(), form.figures, strict=True):
            value = drawn + (_CENTS if drawn and figure.number == "amount" else 0)
            text = show(value, rng)
            figures.setdefault(name, {}).setdefault(cell.row, {})[cell.column] = text
            truth.setdefault(name, []).append(None if text in GAPS else value)
    return Sample(figures, truth)


def distinct(rng: np.random.Generator, forms: Forms) -> dict[str, np.ndarray]:
    """No two figures of the report are alike, and all have four digits: one in another's place shows."""
    sizes = [len(form.cells) for form in forms.values()]
    drawn = rng.permutation(np.arange(1000, 1000 + sum(sizes))).astype(float)
    return dict(zip(forms, np.split(drawn, np.cumsum(sizes)[:-1]), strict=True))


def _plain(value: float, _: np.random.Generator) -> str:
    return str(int(value)) if value.is_integer() else str(value)


def _thousands(value: float, rng: np.random.Generator) -> str:
    text = f"{int(value):,}" if value.is_integer() else f"{value:,}"
    return text if rng.random() < 0.7 else text.replace(",", "，")


def _full_width(value: float, rng: np.random.Generator) -> str:
    return _plain(value, rng).translate(_FULL_WIDTH)


def _gaps(value: float, rng: np.random.Generator) -> str:
    return str(rng.choice(GAPS)) if rng.random() < 0.1 else _plain(value, rng)


Make = Callable[[np.random.Generator, Forms], dict[str, np.ndarray]]
Show = Callable[[float, np.random.Generator], str]

KINDS: dict[str, tuple[Make, Show]] = {
    "sparse": (lambda rng, forms: random_valid(rng, 0.05, forms=forms), _plain),
    "dense": (lambda rng, forms: random_valid(rng, 1.0, forms=forms), _plain),
    "large": (lambda rng, forms: random_valid(rng, 1.0, 20_000, forms=forms), _thousands),
    "full-width": (lambda rng, forms: random_valid(rng, 0.2, 100, forms=forms), _full_width),
    "gaps": (lambda rng, forms: random_valid(rng, 0.4, forms=forms), _gaps),
    "distinct": (distinct, _plain),
}
