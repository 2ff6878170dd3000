"""A table's DataFrame and its audit → pandas Styler: accused cells framed and marked in words, the reasons below."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from govstats.catalog.rules import get_rule
from govstats.frames.tables import coded, figure_at
from govstats.lang import Text, language
from govstats.model.audits import Audit
from govstats.model.finding import SEVERITY_NAMES, CellFinding, Finding
from govstats.model.forms import TableForm
from govstats.model.wording import figure_text, printed

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler

_FRAMED = "outline: 2px solid #d1495b; outline-offset: -2px; font-weight: bold"
_ODD = "font-style: italic"
_SHOULD_BE = Text("[{actual}] 应为 {expected}", "[{actual}] should be {expected}")
_NO_FINDINGS = Text("没有发现问题。", "No findings.")
_MOST = 12
_MORE = Text("另有 {n} 个问题。", "{n} more findings.")


def styled(frame: pd.DataFrame, form: TableForm, audit: Audit, lang: str | None = None) -> Styler:
    """The frame under official labels, `audit` shown in it."""
    plain = coded(frame, form)
    table = audit.reports[0].tables[form.name]
    texts, css = {}, pd.DataFrame("", index=plain.index, columns=plain.columns)
    for at, (_, row, column) in enumerate(form.cells):
        if row in plain.index and column in plain.columns and figure_at(plain, row, column) is None:
            texts[row, column] = printed(table, at, lang)
            css.at[row, column] = _ODD
    for finding in audit.findings:
        for cell in finding.accused:
            if cell.row in plain.index and cell.column in plain.columns:
                shown = texts.get((cell.row, cell.column), figure_text(cell.actual))
                texts[cell.row, cell.column] = _marked(cell, shown, lang)
                css.at[cell.row, cell.column] = _FRAMED
    return _dressed(plain, texts, css, form, lang).set_caption(_caption(audit, lang))


def _dressed(
    plain: pd.DataFrame, texts: dict[tuple[str, str], str], css: pd.DataFrame, form: TableForm, lang: str | None
) -> Styler:
    """Labels, figures as they are, marks; under a name that is the same for the same figures."""
    chosen = language(lang)
    name = hashlib.sha256(plain.to_csv().encode()).hexdigest()[:8]
    made = plain.style.set_uuid(f"govstats-{name}").format(_figure, na_rep="")
    for (row, column), text in texts.items():
        made = made.format(_always(text), subset=([row], [column]), escape="html", na_rep=escape(text))
    rows = {code: row.label.of(chosen) for code, row in form.rows.items()}
    columns = {key: column.label.of(chosen) for key, column in form.columns.items()}
    return (
        made.format_index(lambda code: escape(rows.get(str(code), str(code))), axis="index")
        .format_index(lambda key: escape(columns.get(str(key), str(key))), axis="columns")
        .hide(axis="index", names=True)
        .apply(lambda _: css, axis=None)
        .set_table_styles(
            [
                {"selector": "caption", "props": "caption-side: bottom; text-align: left; padding-top: .6em"},
                {"selector": "th.row_heading", "props": "text-align: left; font-weight: normal"},
                {"selector": "td", "props": "text-align: right; white-space: nowrap"},
                {"selector": "th.col_heading", "props": "text-align: right; white-space: nowrap"},
            ]
        )
    )


def _figure(value: object) -> str:
    return escape(figure_text(float(value)) if isinstance(value, (int, float)) else str(value))


def _always(text: str) -> Callable[[object], str]:
    return lambda _: text


def _marked(cell: CellFinding, shown: str, lang: str | None) -> str:
    return _SHOULD_BE.format(actual=shown, expected=figure_text(cell.expected)).of(lang)


def _caption(audit: Audit, lang: str | None) -> str:
    """The reasons, a line each; pandas puts a caption into the page as it is, so it is escaped here."""
    findings = audit.findings
    told = [_reason(finding, lang) for finding in findings[:_MOST]] or [_NO_FINDINGS.of(lang)]
    if len(findings) > _MOST:
        told.append(_MORE.format(n=len(findings) - _MOST).of(lang))
    return "<br>".join(escape(line) for line in told)


def _reason(finding: Finding, lang: str | None) -> str:
    head = f"{SEVERITY_NAMES[finding.severity].of(lang)} {finding.rule} {get_rule(finding.rule).title.text().of(lang)}"
    return f"{head}：{finding.message.of(lang)} {finding.hint.of(lang)}"
