"""Finding: one thing wrong or worth a look, made by one rule, with all that is needed to see and mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from govstats.lang import Text
from govstats.model.document import Place
from govstats.model.views import view

SEVERITIES = ("error", "warning", "info")
SEVERITY_NAMES = {"error": Text("错误", "error"), "warning": Text("警告", "warning"), "info": Text("提示", "info")}


def fails_from(severity: str) -> tuple[str, ...]:
    """The severities that make a run fail, from this one on; none with `never`."""
    return SEVERITIES[: SEVERITIES.index(severity) + 1] if severity in SEVERITIES else ()


class CellFinding(NamedTuple):
    """A cell that a finding is about. `actual` None: no figure could be read; `expected` None: nobody can say."""

    row: str
    column: str
    actual: float | None
    expected: float | None

    @property
    def accused(self) -> bool:
        """Should it hold something else?"""
        return self.expected is not None and self.expected != self.actual


class Evidence(NamedTuple):
    """A relation behind a finding: its rule, the line it is stated for, its sides as printed (blanks count as 0).

    `open`: it does not fail, but blanks leave it undecided.
    """

    rule: str
    line: str
    relation: str
    left: float
    right: float
    left_cells: tuple[tuple[str, str], ...] = ()
    right_cells: tuple[tuple[str, str], ...] = ()
    open: bool = False


class Change(NamedTuple):
    """A proposed figure for a cell. A published figure is never altered by reading or checking."""

    table: str
    row: str
    column: str
    from_: float | None
    to: float

    def to_dict(self) -> dict[str, Any]:
        """The object of the JSON output (CONTRACT §5)."""
        return {
            "table": self.table,
            "row": self.row,
            "column": self.column,
            "from": number(self.from_),
            "to": number(self.to),
        }


class Affected(NamedTuple):
    """A report in which a fault of another one shows: no finding, and nobody turns red for it.

    `cause`: that of the finding at the guilty report, the same in the whole audit; `by`: the path of that report;
    `message`: what does not agree, and that it will once the other is put right.
    """

    cause: str
    by: str
    message: Text

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """The object of the JSON output (key `affected`)."""
        return {"cause": self.cause, "by": self.by, "message": self.message.of(lang)}


class Settled(NamedTuple):
    """What other reports say of a finding that its own report leaves open, or has told: `local` is the cause there,
    `cause` its name in the whole audit. With `repair` one of its ties is the right one; `message` then takes the
    place of what was said, else it is added."""

    local: str
    cause: str
    message: Text
    repair: tuple[Change, ...] = ()


class Sentence(NamedTuple):
    """A sentence of the prose that a finding is about: in pieces, each with whether it is one of the figures in
    question; and what is said of it."""

    pieces: tuple[tuple[str, bool], ...]
    said: Text

    @property
    def marked(self) -> str:
        """The sentence with its figures in 【】."""
        return "".join(f"【{piece}】" if is_figure else piece for piece, is_figure in self.pieces)

    @property
    def figures(self) -> tuple[str, ...]:
        """The figures in question, as printed."""
        return tuple(piece for piece, is_figure in self.pieces if is_figure)


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem of one report.

    `message` says what, where, expected and got, `hint` what to do, both in Chinese and English. Findings with
    the same `cause` hang together.

    `repair` is the simplest change of figures that makes the failing relations hold; `unique` tells whether it is
    the only one so simple (None where no repair is known). If it is not, `n_ties` counts them (None: too many to
    count), `ties` holds the most likely of them, and `certain_cells` the cells that all of them change; `repair` is
    then empty, since to pick one would be a guess, except for a line of totals that was not filled in.

    `other` is the path of the other report, where it takes two (years, units). `quotes` is what it is known by where it
    is about no cells: what it quotes of the document, never how it says so. `sentence`: what it is about in the prose.
    """

    rule: str
    name: str
    severity: str
    message: Text
    hint: Text
    table: str | None = None
    cells: tuple[CellFinding, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    cause: str | None = None
    repair: tuple[Change, ...] = ()
    unique: bool | None = None
    n_ties: int | None = None
    ties: tuple[tuple[Change, ...], ...] = ()
    certain_cells: tuple[tuple[str, str], ...] = ()
    place: Place | None = None
    suppressed: bool = False
    other: str | None = None
    quotes: tuple[str, ...] = ()
    sentence: Sentence | None = None

    @property
    def accused(self) -> tuple[CellFinding, ...]:
        """The cells that should hold something else."""
        return tuple(cell for cell in self.cells if cell.accused)

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """The object of the JSON output (CONTRACT §5); texts in `lang`."""
        first = self.evidence[0] if self.evidence else None
        other = {} if self.other is None else {"other": self.other}
        return {
            "rule": self.rule,
            "name": self.name,
            "severity": self.severity,
            "table": self.table,
            "cells": [
                {"row": c.row, "column": c.column, "actual": number(c.actual), "expected": number(c.expected)}
                for c in self.cells
            ],
            "relation": first.relation if first else None,
            "left": number(first.left) if first else None,
            "right": number(first.right) if first else None,
            "evidence": [
                {
                    "rule": e.rule,
                    "line": e.line,
                    "relation": e.relation,
                    "left": number(e.left),
                    "right": number(e.right),
                }
                for e in self.evidence
            ],
            "message": self.message.of(lang),
            "hint": self.hint.of(lang),
            "cause": self.cause,
            "repair": [change.to_dict() for change in self.repair],
            "unique": self.unique,
            "n_ties": self.n_ties,
            "ties": [[change.to_dict() for change in tie] for tie in self.ties],
            "certain_cells": [{"row": row, "column": column} for row, column in self.certain_cells],
            "where": self.place.text.of(lang) if self.place else None,
            "suppressed": self.suppressed,
            **other,
        }

    def __str__(self) -> str:
        return f"{self.rule} {self.message}"

    def _repr_html_(self) -> str:
        return str(view("finding_html")(self))


def number(value: float | None) -> int | float | None:
    """A figure for JSON and for people: whole figures as int."""
    if value is None or value != value:
        return None
    return int(value) if value == int(value) else value
