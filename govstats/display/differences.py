"""Difference → text, JSON, or a page of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from rich.padding import Padding
from rich.text import Text as Styled

from govstats.comparison.difference import CellChange, Difference, LineChange, SentenceChange
from govstats.display.drawing import draw
from govstats.display.look import Look
from govstats.display.page import asset, environment
from govstats.display.untrusted import unbroken
from govstats.lang import Text, joined, language
from govstats.model.finding import number
from govstats.model.report import Report

_CELLS = Text("不同的格（{n}）", "Cells that differ ({n})")
_LINES = Text("只有一份有的表、行、列（{n}）", "Tables, rows and columns that only one has ({n})")
_SENTENCES = Text("不同的句子（{n}）", "Sentences that differ ({n})")
_SAME = Text("表和正文都相同。", "Tables and prose are the same.")
_SAME_PROSE = Text("正文相同。", "The prose is the same.")
_NO_TABLES = Text(
    "没有认出附表，只比较了正文：{paths}", "No table was recognised, only the prose was compared: {paths}"
)
_CAME, _WENT = Text("新增", "came"), Text("去掉", "went")
_TITLE = Text("两份报告的不同", "What differs between two reports")


def as_text(found: Difference, look: Look) -> Iterator[str]:
    """For a terminal: what differs, a line each."""
    lang = look.lang
    parts: list[object] = [
        Styled(unbroken(f"- {_about(found.old, lang)}"), "bold"),
        Styled(unbroken(f"+ {_about(found.new, lang)}"), "bold"),
    ]
    for heading, lines in (
        (_CELLS, [f"{each.name.of(lang)}: {_held(each)}" for each in found.cells]),
        (_LINES, [_line(each, lang) for each in found.lines]),
        (_SENTENCES, ["\n".join(_marked(each)) for each in found.sentences]),
    ):
        if lines:
            parts += ["", Styled(heading.format(n=len(lines)).of(lang), "bold")]
            parts += [Padding(unbroken(line) if "\n" not in line else line, (0, 0, 0, 2)) for line in lines]
    if bare := [each.path for each in (found.old, found.new) if not each.tables]:
        parts += ["", unbroken(_NO_TABLES.format(paths=joined(dict.fromkeys(bare))).of(lang))]
    if found.is_none:
        parts += ["", (_SAME_PROSE if bare else _SAME).of(lang)]
    yield draw(look, *parts)


def _about(report: Report, lang: str | None) -> str:
    return f"{report.path}  {report.title.of(lang)}"


def _held(each: CellChange) -> str:
    return f"{each.old_text} → {each.new_text}"


def _line(each: LineChange, lang: str | None) -> str:
    return f"{(_CAME if each.came else _WENT).of(lang)}: {each.table} {each.name.of(lang)}"


def _marked(each: SentenceChange) -> Iterator[str]:
    if each.old is not None:
        yield f"- {each.old}"
    if each.new is not None:
        yield f"+ {each.new}"


def as_json(found: Difference, look: Look) -> Iterator[str]:
    """One object: `old`, `new`, `cells`, `lines`, `sentences`."""
    told = {
        "old": _who(found.old),
        "new": _who(found.new),
        "cells": [
            {
                "table": each.table,
                "row": each.row,
                "column": each.column,
                "old": number(each.old),
                "new": number(each.new),
                "old_text": each.old_text,
                "new_text": each.new_text,
            }
            for each in found.cells
        ],
        "lines": [
            {"table": each.table, "row": each.row, "column": each.column, "change": "came" if each.came else "went"}
            for each in found.lines
        ],
        "sentences": [{"old": each.old, "new": each.new} for each in found.sentences],
    }
    yield json.dumps(told, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def _who(report: Report) -> dict[str, Any]:
    return {
        "path": report.path,
        "sha256": report.sha256,
        "agency": report.agency,
        "year": report.year,
        "format": report.format,
    }


def as_html(found: Difference, look: Look) -> Iterator[str]:
    """A page that needs nothing else."""
    lang = language(look.lang)
    page = environment(lang).get_template("diff.html.jinja")
    yield page.render(
        title=_TITLE.of(lang),
        found=found,
        same=(_SAME if found.old.tables and found.new.tables else _SAME_PROSE).of(lang),
        headings=[
            each.of(lang)
            for each in (
                _CELLS.format(n=len(found.cells)),
                _LINES.format(n=len(found.lines)),
                _SENTENCES.format(n=len(found.sentences)),
            )
        ],
        old=_about(found.old, lang),
        new=_about(found.new, lang),
        lines=[_line(each, lang) for each in found.lines],
        style=asset("page.css"),
    )


FORMATS: dict[str, Callable[[Difference, Look], Iterator[str]]] = {"text": as_text, "json": as_json, "html": as_html}
"""Format → what writes it."""
