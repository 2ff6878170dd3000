"""What the sentences claim, against each other and against the tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from govstats.catalog.rules import get_rule
from govstats.checks._feenotes import FEES, fee_notes
from govstats.diagnosis.examine import Examined
from govstats.lang import Text
from govstats.model.claim import Claim
from govstats.model.finding import CellFinding, Finding, Sentence
from govstats.model.report import Report

RULES = ("N501", "N502", "N503", "N504")

_SHOWN = 3
_LONGEST_QUOTE = 160
_AROUND = 24


def check(examined: Examined) -> Iterator[Finding]:
    report = examined.report
    failing = [claim for claim in report.stated if claim.rule and not _is_told_by_fee_note(report, claim)]
    for _, group in groupby(failing, key=_together):
        yield _finding(report, list(group))


def _is_told_by_fee_note(report: Report, claim: Claim) -> bool:
    """What section 六 says of fees against the table is P402."""
    return claim.cells == (FEES,) and any(note.charged for note in fee_notes(report.document, report.year))


def _together(claim: Claim) -> tuple[object, ...]:
    """The shares of one list, and what one sentence says against one table, are one finding; others are their own."""
    if claim.kind == "percent":
        return (claim.rule, claim.severity, claim.place, claim.values["of"][1])
    if claim.cells:
        return (claim.rule, claim.severity, claim.text, claim.cells[0].table, claim.reason)
    return (id(claim),)


def _finding(report: Report, claims: Sequence[Claim]) -> Finding:
    first = claims[0]
    places = tuple(place for claim in claims if claim.text == first.text for place in claim.places)
    told = _joined([claim.arithmetic for claim in claims if claim.arithmetic])
    lesser = first.severity != get_rule(first.rule or "").severity
    return finding_in_prose(
        first.rule or "",
        first.text,
        places,
        told,
        first.reason,
        lesser=lesser,
        place=first.place,
        **_cells(report, claims),
    )


def finding_in_prose(
    rule: str, text: str, places: Sequence[tuple[int, int]], told: Text, reason: Text | None, **details: Any
) -> Finding:
    """A finding about a sentence, its figures in 【】: what does not hold, and why that is told."""
    why = Text(reason.zh, f" {reason.en}") if reason and reason.en else Text("", "")
    sentence = Sentence(cut_around(text, places), Text(f"{told.zh}。{why.zh}", f"{told.en}.{why.en}"))
    fields = {"sentence": sentence.marked, "arithmetic": told, "reason": why}
    return get_rule(rule).finding(fields, sentence=sentence, quotes=(text, *sentence.figures), **details)


def _joined(texts: Sequence[Text]) -> Text:
    shown, more = texts[:_SHOWN], len(texts) - _SHOWN
    return Text(
        "；".join(text.zh for text in shown) + (f"；等 {len(texts)} 处" if more > 0 else ""),
        "; ".join(text.en for text in shown) + (f"; {more} more" if more > 0 else ""),
    )


def cut_around(text: str, places: Sequence[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """The sentence in pieces, each with whether it is one of the figures in question; a long one is cut around them."""
    spans = sorted(set(places))
    first, last = 0, len(text)
    if last > _LONGEST_QUOTE:
        first = max(0, spans[0][0] - _AROUND)
        last = min(last, max(spans[-1][1] + _AROUND // 2, first + 1))
    pieces, behind = [("…" if first else "", False)], first
    for start, end in spans:
        pieces += [(text[behind:start], False), (text[start:end], True)]
        behind = end
    pieces.append((text[behind:last].rstrip() + ("…" if last < len(text) else ""), False))
    return tuple(piece for piece in pieces if piece[0])


def _cells(report: Report, claims: Sequence[Claim]) -> dict[str, Any]:
    """The cells that the claims name, with what they hold; nobody knows which of the two is wrong."""
    named = tuple(dict.fromkeys(cell for claim in claims for cell in claim.cells))
    if not named:
        return {}
    table = report.tables[named[0].table]
    cells = tuple(CellFinding(cell.row, cell.column, table.value(cell.row, cell.column), None) for cell in named)
    return {"table": table.form.name, "cells": cells}
