"""Line: a row that carries figures, with the cells of a form that they belong to; Unknown: one that no form has."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from govstats.alignment.printedrow import PrintedRow
from govstats.model.document import Place

Cells = tuple[int | None, ...]
"""The cell of each figure, left to right: its position in the form; None for a column that the form does not have."""


@dataclass(frozen=True)
class Line:
    """A row with figures. `codes` are the rows of the form that it fills (several where rows stand side by side).

    `tail` are the positions after its label, merged ones once. `order` says which cell each figure belongs to, None
    if the header contradicts every order; `narrow` is the order under a header that lacks columns of the form.
    `start` is the position of the first figure, if a header row of the same length shows it. `assumed`: no header
    names all the columns, their order is the form's.
    """

    row: PrintedRow
    codes: tuple[str, ...]
    label: str
    tail: tuple[int, ...]
    order: Cells | None
    narrow: Cells | None = None
    start: int | None = None
    assumed: bool = False

    @cached_property
    def texts(self) -> list[str]:
        """What is printed after the label."""
        texts = self.row.texts
        return [texts[position].strip() for position in self.tail]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A row with figures whose label the form does not have."""

    label: str
    place: Place
