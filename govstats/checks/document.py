"""What the document holds and what it lacks: tables, rows, columns, figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from govstats.alignment.vocabulary import foreign, words_of
from govstats.catalog.formats import get_format, known_formats
from govstats.catalog.rules import get_rule
from govstats.checks._otherwise import other_rule
from govstats.checks._shownby import is_all_things, is_likely_pictured, may_be_pictured
from govstats.diagnosis.examine import Examined
from govstats.identity.sitting import BY_NAME, BY_PATH
from govstats.lang import Text
from govstats.model.document import GARBLED, PICTURED, RECOGNISED, UNRULED, Paragraph, Place
from govstats.model.finding import CellFinding, Finding
from govstats.model.forms import Row, TableForm
from govstats.model.report import Report
from govstats.model.table import DIVIDED, Repeat, Table
from govstats.model.wording import column_name, listed, row_name, table_name
from govstats.text.figures import State
from govstats.text.labels import label, plain
from govstats.text.patterns import lazy
from govstats.text.unseen import THING

RULES = ("D001", "D002", "D003", "D004", "D005", "D007", "D012")

_TELLING_HEADINGS = 2
_OTHERWISE = Text(
    "这类单位按{basis}报告，附表不是对它的要求。",
    " Such bodies report by {basis}; the tables are not asked of them.",
)
_THING = Text("图片、图形或控件", "a picture, a drawing or a control")
_NOTHING = Text("", "")
_IN_ITS_PLACE = Text("该有表的地方是图片，没有文字", "Pictures without text stand where tables should")
_IN_ITS_CELLS = Text("表里的数字都是图片，没有文字", "The figures of a table are pictures without text")
_TELLING_LABEL = 4
_NO_WORDS = lazy(r"[\d.,，\s]+")
_SHOWN = 60
_OF_PAGES = ("pdf", "picture")
"""Kinds of documents whose pictures are pages."""
_WHOSE = {"agency": Text("机关", "agency"), "year": Text("年度", "year")}


def check(examined: Examined) -> Iterator[Finding]:
    report = examined.report
    expected = report.format or _announced(report)
    if expected is None:
        yield _without_table(report)
        return
    missing = {name: form for name, form in get_format(expected).tables.items() if name not in report.tables}
    if missing and (unread := _unread(report)):
        tables = listed(_name(form) for form in missing.values())
        yield _not_read(report, unread, tables)
        missing = {}
    if pictured := [form for form in missing.values() if may_be_pictured(report.document, form)]:
        yield _not_read(report, _IN_ITS_PLACE, listed(map(_name, pictured)))
        missing = {name: form for name, form in missing.items() if form not in pictured}
    for name, form in missing.items():
        if place := _spelled_out(report, form):
            fields = _what_is_lost(form, [row.code for row in form.data_rows], place.text[:_SHOWN])
            yield get_rule("D007").finding(fields, table=name, place=Place(0, place.line))
            continue
        fields = {"table": form.title, "section": form.section}
        yield get_rule("D002").finding(fields, table=name, cause="d1" if len(missing) > 1 else None)
    if things := [table for table in report.tables.values() if is_all_things(table)]:
        found = _not_read(report, _IN_ITS_CELLS, listed(map(table_name, things)))
        yield replace(found, table=things[0].form.name if len(things) == 1 else None, place=things[0].place)
    unruled = report.document.meta.get(UNRULED, "").split("、")
    for table in report.tables.values():
        if table.recognised:
            yield from _not_recognised(report, table)
            continue
        if str(table.place.table) in unruled:
            yield from _unplaced(report, table)
            continue
        if table in things:
            continue
        yield from _rows_and_columns(table)
        yield from _repeated(table)
        yield from _lost(report, table)
        yield from _things(table)


def _what_is_lost(form: TableForm, codes: Sequence[str], raw: str | Text, why: Text = _NOTHING) -> dict[str, Any]:
    """The fields of D007."""
    rows = listed(row_name(form, code) for code in codes)
    return {"table": _name(form), "n": len(codes), "rows": rows, "raw": raw, "why": why}


def _not_told_apart(table: Table) -> Text:
    """A sentence on the forms that the table may follow."""
    cited = [get_format(name).cited for name in (table.form.format, *table.rivals)]
    return Text(
        f"表头缺失或损坏，认不出这张表是{'、'.join(cited)}中的哪一版，各版里这些数字的意思不同。",
        f" The header is missing or damaged: nothing tells which form this is ({', '.join(cited)}), and the figures "
        "mean something else in each.",
    )


def _mixed(report: Report, table: Table) -> Text:
    """A sentence on columns of another form that the table's header names, if it names any."""
    others = foreign(table.form)
    texts = (
        text
        for grid in report.document.grids
        if grid.table == table.place.table
        for row in grid.rows
        for text in row.texts
    )
    named = list(dict.fromkeys(text.strip() for text in texts if words_of(text) in others))
    if not named:
        return _NOTHING
    names = listed(Text(f"“{name}”", f"“{name}”") for name in named)
    return Text(
        f"表头里有另一版格式的列名：{names.zh}，列名和这张表的格式对不上。",
        f" Its header names columns of another form ({names.en}), which do not fit the table's own.",
    )


def _name(form: TableForm) -> Text:
    return Text(f"“{form.title.zh}”表", f"“{form.title.en}”")


def _names(form: TableForm, rows: Iterable[Row]) -> Text:
    return listed(row_name(form, row.code) for row in rows)


def _spelled_out(report: Report, form: TableForm) -> Paragraph | None:
    """The first paragraph of a PDF with a label of the form, if most labels are there: as text, without a table."""
    if report.document.kind != "pdf":
        return None
    labels = [row.label.zh for row in form.data_rows] + [column.label.zh for column in form.columns.values()]
    telling = {name for name in (label(each).words for each in labels) if len(name) >= _TELLING_LABEL}
    words = [(line, _NO_WORDS.sub("", plain(line.text))) for line in report.document.paragraphs]
    # A label may be broken over two lines, with figures behind its first half.
    together = "".join(each for _, each in words)
    found = [name for name in telling if name in together]
    if 2 * len(found) <= len(telling):
        return None
    return next((line for line, each in words if any(name[:_TELLING_LABEL] in each for name in found)), None)


def _without_table(report: Report) -> Finding:
    unread = _unread(report)
    tables = Text("附表", "the appendix tables")
    if unread or is_likely_pictured(report.document):
        return _not_read(report, unread or _IN_ITS_PLACE, tables)
    other = other_rule(report)
    told = _OTHERWISE.format(basis=other.basis.text()) if other else Text("", "")
    return get_rule("D001").finding({"other": told}, lesser=other is not None)


def _not_read(report: Report, unread: Text, tables: Text) -> Finding:
    """D012; whose report it is, and of which year, may be known by the file's name alone, which is then said."""
    by_name = [what for key, what in _WHOSE.items() if report.reasons.get(key) in (BY_PATH, BY_NAME)]
    named = (
        Text(
            f"{'和'.join(what.zh for what in by_name)}取自文件名，未经核对。",
            f" {' and '.join(what.en for what in by_name).capitalize()} taken from the file's name, unverified.",
        )
        if by_name
        else Text("", "")
    )
    return get_rule("D012").finding({"unread": unread, "tables": tables, "named": named})


def _unread(report: Report) -> Text | None:
    """What of the document nobody has read, so that what is not found may stand there."""
    pages = report.document.meta.get(PICTURED)
    if pages == "0":
        return Text("文件里只有图片（扫描件），没有文字", "The document is a scan: pictures without text")
    if pages:
        named = pages.replace("、", ", ")
        return Text(f"第 {pages} 页是图片（扫描），没有文字", f"Pictures without text (scans) are page(s) {named}")
    if report.document.meta.get(GARBLED):
        return Text("文件的文字层是乱码", "The characters of the document's text have lost their meaning")
    if pages := report.document.meta.get(RECOGNISED):
        named = pages.replace("、", ", ")
        if report.document.kind not in _OF_PAGES:
            return Text(
                f"文中第 {pages} 幅图片里的表格，靠识别来读",
                f"Tables in picture(s) {named} of the text, read by recognition",
            )
        return Text(
            f"第 {pages} 页是图片（扫描），靠识别来读", f"Pictures (scans), read by recognition, are page(s) {named}"
        )
    return None


def _announced(report: Report) -> str | None:
    """The format whose section headings the document has, though none of its tables; or of a scan, the newest.

    Tables that are pictures leave just their headings.
    """
    if report.document.meta.get(PICTURED) == "0":
        return next(iter(known_formats()))
    headings = {label(paragraph.text).words for paragraph in report.document.paragraphs}
    for name, form in known_formats().items():
        if sum(label(table.title.zh).words in headings for table in form.tables.values()) >= _TELLING_HEADINGS:
            return name
    return None


def _rows_and_columns(table: Table) -> Iterator[Finding]:
    if table.missing_rows:
        fields = {
            "table": table_name(table),
            "n": len(table.missing_rows),
            "rows": listed(row_name(table.form, code) for code in table.missing_rows),
            "unexpected": _unexpected(table),
        }
        yield get_rule("D003").finding(fields, **_about(table, _cells_of_lines(table, rows=table.missing_rows)))
    if table.missing_columns:
        fields = {
            "table": table_name(table),
            "columns": listed(column_name(table.form, key) for key in table.missing_columns),
        }
        yield get_rule("D004").finding(fields, **_about(table, _cells_of_lines(table, columns=table.missing_columns)))


def _unexpected(table: Table) -> Text:
    """A sentence on rows with figures that the form does not have, or nothing."""
    if not table.unexpected:
        return Text("", "")
    names = listed(Text(f"“{name}”", f"“{name}”") for name, _ in table.unexpected)
    told = Text(f"表中另有格式所没有的行：{names.zh}。", f" It has rows unknown to the form: {names.en}.")
    if not any(DIVIDED in name for name, _ in table.unexpected):
        return told
    return Text(f"{told.zh}这一行被分成了几行来填。", f"{told.en} One row was divided into several.")


def _repeated(table: Table) -> Iterator[Finding]:
    """One finding a row; but one for all of them if the whole table is there twice."""
    codes = tuple(dict.fromkeys(repeat.row for repeat in table.repeats))
    if any(repeat.copy for repeat in table.repeats) or 2 * len(codes) > max(len(table.form.data_rows), 2):
        yield _repetition(table, codes, table.repeats[0], _twice_in_all(table, codes))
        return
    for repeat in table.repeats:
        yield _repetition(table, (repeat.row,), repeat, _twice(table, repeat))


def _repetition(table: Table, rows: tuple[str, ...], repeat: Repeat, told: Text) -> Finding:
    fields = {"told": told, "first": " ".join(repeat.first), "second": " ".join(repeat.second)}
    cells = [cell for cell in _cells_of_lines(table, rows=rows) if cell.actual is None]
    return get_rule("D005").finding(fields, **{**_about(table, cells), "place": repeat.place})


def _twice(table: Table, repeat: Repeat) -> Text:
    name, row = table_name(table), row_name(table.form, repeat.row)
    return Text(
        f"{name.zh}的{row.zh}行出现了两次，数字不同：",
        f"{name.en}: row {row.en} stands there twice with different figures,",
    )


def _twice_in_all(table: Table, codes: tuple[str, ...]) -> Text:
    name, rows = table_name(table), [row_name(table.form, code) for code in codes]
    return Text(
        f"{name.zh}出现了不止一次，有 {len(rows)} 行数字不同：{'、'.join(row.zh for row in rows)}；"
        "文件里可能有两份报告。第一处",
        f"{name.en} stands there more than once, {len(rows)} row(s) with different figures: "
        f"{', '.join(row.en for row in rows)}. There may be two reports in this file. Of these,",
    )


def _unplaced(report: Report, table: Table) -> Iterator[Finding]:
    """Without ruling, nothing says that a row is missing, or there twice: it could not be placed."""
    codes = [row.code for row in table.form.data_rows] if table.missing_columns else table.missing_rows
    yield from _lost(
        report, table, tuple(dict.fromkeys((*table.lost, *codes, *(repeat.row for repeat in table.repeats))))
    )


def _not_recognised(report: Report, table: Table) -> Iterator[Finding]:
    """Rows of a picture: one that was not recognised may be there all the same, and one that is there twice may not."""
    twice = (repeat.row for repeat in table.repeats)
    rows = [row.code for row in table.form.data_rows] if table.missing_columns else [*table.missing_rows, *table.lost]
    codes, unread = dict.fromkeys((*rows, *twice)), _unread(report)
    if codes and unread:
        name, names = table_name(table), _names(table.form, (table.form.rows[code] for code in codes))
        told = Text(f"{name.zh}的 {len(codes)} 行（{names.zh}）", f"{len(codes)} row(s) of {name.en} ({names.en})")
        yield replace(_not_read(report, unread, told), table=table.form.name, place=table.place)


def _lost(report: Report, table: Table, codes: tuple[str, ...] | None = None) -> Iterator[Finding]:
    """The rows that lost their figures; or those of `codes`."""
    rows = table.lost if codes is None else codes
    if rows:
        first = next(i for i, cell in enumerate(table.form.cells) if cell.row == rows[0])
        why = _not_told_apart(table) if table.rivals else _mixed(report, table)
        fields = _what_is_lost(table.form, rows, table.raws[first] or "", why)
        place = table.places[first] or table.place
        yield get_rule("D007").finding(fields, **{**_about(table, _cells_of_lines(table, rows=rows)), "place": place})


def _things(table: Table) -> Iterator[Finding]:
    """Cells in which something is seen that is no text: a figure is there, but none can be read."""
    held = [at for at, raw in enumerate(table.raws) if raw and THING in raw]
    cells = [at for at in held if table.states[at] == State.UNREADABLE and table.form.cells[at].row not in table.lost]
    if cells:
        rows = dict.fromkeys(table.form.cells[at].row for at in cells)
        fields = _what_is_lost(table.form, tuple(rows), _THING)
        about = _about(
            table, (CellFinding(key.row, key.column, None, None) for key in map(table.form.cells.__getitem__, cells))
        )
        yield get_rule("D007").finding(fields, **{**about, "place": table.places[cells[0]]})


def _about(table: Table, cells: Iterable[CellFinding]) -> dict[str, Any]:
    return {"table": table.form.name, "cells": tuple(cells), "place": table.place}


def _cells_of_lines(
    table: Table, rows: tuple[str, ...] | None = None, columns: tuple[str, ...] | None = None
) -> Iterator[CellFinding]:
    for cell, state, value in zip(table.form.cells, table.states, table.values, strict=True):
        if (rows is None or cell.row in rows) and (columns is None or cell.column in columns):
            readable = state in (State.NUMBER, State.ZERO)
            yield CellFinding(cell.row, cell.column, float(value) if readable else None, None)
