"""What the sentences claim, against each other and against the tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from govstats.catalog.rules import get_rule
from govstats.diagnosis.examine import Examined
from govstats.lang import Text
from govstats.model.claim import Claim
from govstats.model.finding import CellFinding, Finding
from govstats.model.report import Report

RULES = ("N501", "N502", "N503", "N504")

_SHOWN = 3
_LONGEST_QUOTE = 160
_AROUND = 24


def check(examined: Examined) -> Iterator[Finding]:
    report = examined.report
    failing = [claim for claim in report.stated if claim.rule]
    for _, group in groupby(failing, key=_together):
        yield _finding(report, list(group))


def _together(claim: Claim) -> tuple[object, ...]:
    """The shares of one list are one finding; every other claim is its own."""
    if claim.kind == "percent":
        return (claim.rule, claim.severity, claim.place, claim.values["of"][1])
    return (id(claim),)


def _finding(report: Report, claims: Sequence[Claim]) -> Finding:
    first = claims[0]
    rule = get_rule(first.rule or "")
    places = tuple(place for claim in claims if claim.text == first.text for place in claim.places)
    reason = first.reason or Text("", "")
    fields = {
        "sentence": quote(first.text, places),
        "arithmetic": _joined([claim.arithmetic for claim in claims if claim.arithmetic]),
        "reason": Text(reason.zh, f" {reason.en}" if reason.en else ""),
    }
    lesser = first.severity != rule.severity
    return rule.finding(fields, lesser=lesser, place=first.place, **_cells(report, first))


def _joined(texts: Sequence[Text]) -> Text:
    shown, more = texts[:_SHOWN], len(texts) - _SHOWN
    return Text(
        "；".join(text.zh for text in shown) + (f"；等 {len(texts)} 处" if more > 0 else ""),
        "; ".join(text.en for text in shown) + (f"; {more} more" if more > 0 else ""),
    )


def quote(text: str, places: Sequence[tuple[int, int]]) -> str:
    """The sentence with its figures in 【】; a long one is cut around them."""
    spans = sorted(set(places))
    first, last = 0, len(text)
    if last > _LONGEST_QUOTE:
        first = max(0, spans[0][0] - _AROUND)
        last = min(last, max(spans[-1][1] + _AROUND // 2, first + 1))
    pieces, behind = ["…" if first else ""], first
    for start, end in spans:
        pieces += [text[behind:start], "【", text[start:end], "】"]
        behind = end
    return "".join([*pieces, text[behind:last].rstrip(), "…" if last < len(text) else ""])


def _cells(report: Report, claim: Claim) -> dict[str, Any]:
    """The cells that the claim names, with what they hold; nobody knows which of the two is wrong."""
    if not claim.cells:
        return {}
    table = report.tables[claim.cells[0].table]
    cells = tuple(CellFinding(cell.row, cell.column, table.value(cell.row, cell.column), None) for cell in claim.cells)
    return {"table": table.form.name, "cells": cells}
