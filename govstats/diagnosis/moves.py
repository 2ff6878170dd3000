"""TableForm → Moves: all ways in which lines may have been swapped or shifted by one, as arrays for a matrix product.

A move says for each cell where its true figure is printed. One line may be lost by it: its figures are then taken
from the relations, and as all relations must hold in the end, it does not matter from which.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, combinations, combinations_with_replacement
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from govstats.diagnosis.lines import Derivation, Line, Sequence, derivations, sequences, whole_lines
from govstats.diagnosis.system import Indices, Mask
from govstats.model.forms import TableForm

_SAME = 0.5


class Move(NamedTuple):
    """`moved`: cells whose figures are printed elsewhere, `printed`: where (of two `lines` that are exchanged each is
    printed in the other). `lost`: the line whose figures are not.

    `surplus` is the line whose printed figures belong nowhere: it must be empty, repeat its neighbour `twin`, or, for
    a `split` figure, be the end of the figure in `twin`.
    """

    kind: str
    axis: str
    lines: tuple[Line, ...]
    moved: Line = ()
    printed: Line = ()
    lost: Line = ()
    derivation: Derivation = ()
    surplus: Line = ()
    twin: Line = ()
    forward: bool = True
    partial: bool = False


@dataclass(frozen=True, eq=False)
class Moves:
    """All moves of a form, stacked. Cells that no figure is printed for have the source `n_cells` (an extra 0)."""

    form: TableForm
    moves: tuple[Move, ...]

    @cached_property
    def sources(self) -> NDArray[np.int32]:
        """Moves × cells."""
        cells = len(self.form.cells)
        made = np.tile(np.arange(cells, dtype=np.int32), (len(self.moves), 1))
        numbers, one, other = _flat([move.lines if move.kind == "swapped" else ((), ()) for move in self.moves])
        made[numbers, one], made[numbers, other] = other, one
        numbers, moved, printed = _flat([(move.moved, move.printed) for move in self.moves])
        made[numbers, moved] = printed
        numbers, moved, _ = self.lost
        made[numbers, moved] = cells
        return made

    @cached_property
    def lost(self) -> tuple[Indices, Indices, Indices]:
        """Lost cells: the number of the move, the cell, the relation that gives it."""
        return _flat([(move.lost, move.derivation) for move in self.moves])

    @cached_property
    def touched(self) -> Mask:
        """Moves × relations: those that come to something else by the move, tried with figures drawn at random.

        Two cells of one sum that are exchanged leave it as it is.
        """
        chance = random.Random(0)  # noqa: S311
        drawn = np.array([[chance.randrange(1, 2**40) for _ in self.form.cells] for _ in range(3)], dtype=np.float64)
        tables = np.append(drawn[0], 0.0)[self.sources]
        numbers, cells, _ = self.lost
        tables[numbers, cells] = drawn[1, cells]
        split = np.flatnonzero(self.splits)
        joined = self.surplus[1][split, 0]
        tables[split, joined] = drawn[2, joined]
        tables -= drawn[0]
        touched: Mask = np.abs(tables @ self.form.matrix.T) > _SAME
        return touched

    @cached_property
    def _touched(self) -> NDArray[np.float32]:
        return self.touched.astype(np.float32)

    def touching(self, relations: Mask) -> NDArray[np.float32]:
        """How many of these relations does each move touch?"""
        counts: NDArray[np.float32] = self._touched @ relations.astype(np.float32)
        return counts

    @cached_property
    def surplus(self) -> tuple[Indices, Indices]:
        """Moves × longest line: the cells of surplus lines and of their twins, filled up with `n_cells`."""
        filled = [(number, move) for number, move in enumerate(self.moves) if move.surplus]
        longest = max((len(move.surplus) for _, move in filled), default=0)
        made = np.full((2, len(self.moves), longest), len(self.form.cells), dtype=np.intp)
        for number, move in filled:
            made[0, number, : len(move.surplus)] = move.surplus
            made[1, number, : len(move.twin)] = move.twin
        return made[0], made[1]

    @cached_property
    def lines(self) -> Mask:
        """Which moves are lines that are wrong throughout, nothing being moved."""
        return np.array([move.kind == "line" for move in self.moves], dtype=bool)

    @cached_property
    def exchanges(self) -> Mask:
        """Which moves take no figure from the relations: all that is printed stays, in other places."""
        return np.array([move.kind == "swapped" for move in self.moves], dtype=bool)

    @cached_property
    def partial(self) -> Mask:
        """Which moves exchange two columns in some of their rows."""
        return np.array([move.partial for move in self.moves], dtype=bool)

    @cached_property
    def splits(self) -> Mask:
        """Which moves are splits."""
        return np.array([move.kind == "split" for move in self.moves], dtype=bool)


def _flat(pairs: list[tuple[Line, ...]]) -> tuple[Indices, Indices, Indices]:
    """Pairs of lines, cell by cell: the number of the pair, the cell of the one, that of the other."""
    ones, others = zip(*pairs, strict=True) if pairs else ((), ())
    numbers = np.repeat(np.arange(len(pairs)), list(map(len, ones)))
    one, other = (np.fromiter(chain.from_iterable(each), np.intp, len(numbers)) for each in (ones, others))
    return numbers, one, other


@lru_cache(maxsize=64)
def moves_of(form: TableForm) -> Moves:
    """The moves of a form that a relation could notice."""
    made = (move for sequence in sequences(form) for move in _moves(form, sequence))
    return Moves(form, (*made, *_replaced(form)))


def _moves(form: TableForm, sequence: Sequence) -> Iterator[Move]:
    lines = sequence.lines
    if sequence.axis == "cell":
        for first, last in combinations_with_replacement(range(1, len(lines)), 2):
            yield from _split(form, lines[first - 1], lines[first : last + 1])
    for one, other in combinations(lines, 2):
        yield Move("swapped", sequence.axis, (one, other))
        if sequence.axis == "row" and len(one) > 1:
            yield from (Move("swapped", "cell", ((above,), (below,))) for above, below in zip(one, other, strict=True))
        if sequence.axis == "column":
            yield from _swapped_blocks(one, other)
    for first in range(len(lines) - 1):
        for last in range(first + 1, len(lines)):
            block = lines[first : last + 1]
            yield from _shifts(form, sequence.axis, block)


def _swapped_blocks(one: Line, other: Line) -> Iterator[Move]:
    """Two columns in each other's place from one row to another, but not throughout."""
    for first, last in combinations(range(len(one)), 2):
        if last - first + 1 < len(one):
            yield Move("swapped", "column", (one[first : last + 1], other[first : last + 1]), partial=True)


def _shifts(form: TableForm, axis: str, block: tuple[Line, ...]) -> Iterator[Move]:
    """The block moved on, its last line lost; and moved back, its first line lost."""
    for forward, lines in ((True, block), (False, block[::-1])):
        moved, printed = _moved_back(lines)
        for derivation in derivations(form, lines[-1]):
            ends = (lines[0], lines[-1])
            yield Move("shifted", axis, ends, moved, printed, lines[-1], derivation, lines[0], lines[1], forward)


def _split(form: TableForm, cell: Line, block: tuple[Line, ...]) -> Iterator[Move]:
    """A figure printed in a cell and the first of the block, the rest of which was pushed on."""
    ends, (moved, printed) = (cell, block[0]), _moved_back(block)
    for derivation in derivations(form, block[-1]):
        yield Move("split", "cell", ends, moved, printed, block[-1], derivation, block[0], cell)


def _moved_back(lines: tuple[Line, ...]) -> tuple[Line, Line]:
    """The cells of all lines but the last, and of all but the first."""
    return tuple(chain.from_iterable(lines[:-1])), tuple(chain.from_iterable(lines[1:]))


def _replaced(form: TableForm) -> Iterator[Move]:
    """A line whose figures are all wrong, nothing else moved."""
    for line in whole_lines(form):
        for derivation in derivations(form, line):
            axis = "row" if len({form.cells[cell].row for cell in line}) == 1 else "column"
            yield Move("line", axis, (line,), lost=line, derivation=derivation)
