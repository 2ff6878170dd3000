"""Reports and audits as HTML for a notebook: plain tables, accused cells marked, all text escaped, no script."""

from __future__ import annotations

from html import escape

from govstats.audits import Audit, Audited, Unread
from govstats.display.excerpt import Excerpt, excerpt, printed, row_label
from govstats.figures import State
from govstats.finding import SEVERITY_NAMES, Finding
from govstats.lang import Text
from govstats.report import Report
from govstats.rules import get_rule
from govstats.table import Table

_SHOULD_BE = Text("应为", "should be")
_TO_DO = Text("怎么改：", "What to do: ")
_NO_FINDINGS = Text("没有发现问题。", "No findings.")
_UNREAD = Text("没有读成：", "Not read: ")
_NUMBER = "text-align:right;padding:2px 10px"
_ACCUSED = "text-align:right;padding:2px 10px;outline:2px solid #c62828;font-weight:bold"
_EXPECTED = "text-align:right;padding:2px 10px;color:#2e7d32;font-weight:bold"
_ODD = "text-align:right;padding:2px 10px;font-style:italic;opacity:.75"


def report_html(report: Report) -> str:
    """What was read: every table under its official labels."""
    parts = [
        f"<p><strong>{escape(str(report.title))}</strong> · {escape(report.format or '—')} · {escape(report.path)}</p>"
    ]
    parts += [_table(table) for table in report.tables.values()]
    return f"<div>{''.join(parts)}</div>"


def audit_html(audit: Audit) -> str:
    """The summary, then every report with its findings."""
    return f"<div><p>{escape(str(audit.summary))}</p>{''.join(_entry(entry) for entry in audit.entries)}</div>"


def audited_html(entry: Audited) -> str:
    """One report and its findings."""
    report = entry.report
    head = f"<p><strong>{escape(str(report.title))}</strong> · {escape(report.path)}</p>"
    findings = "".join(_finding(report, finding) for finding in entry.findings)
    return f"<div>{head}{findings or f'<p>{_NO_FINDINGS}</p>'}</div>"


def _entry(entry: Audited | Unread) -> str:
    if isinstance(entry, Unread):
        return f"<p><strong>{escape(entry.path)}</strong> {_UNREAD}{escape(entry.error.text())}</p>"
    return audited_html(entry)


def _finding(report: Report, finding: Finding) -> str:
    where = f" · {finding.place}" if finding.place else ""
    head = f"{SEVERITY_NAMES[finding.severity]} {finding.rule} {get_rule(finding.rule).title.text()}{where}"
    shown = excerpt(report, finding)
    return (
        f"<p><strong>{escape(head)}</strong><br>{escape(str(finding.message))}</p>"
        f"{_excerpt(shown) if shown else ''}<p>{_TO_DO}{escape(str(finding.hint))}</p>"
    )


def _excerpt(shown: Excerpt) -> str:
    rows = [_row("th", "", [(header, _NUMBER) for header in shown.headers])]
    for label, cells in shown.rows:
        rows.append(_row("td", label, [(cell.text, _ACCUSED if cell.accused else _NUMBER) for cell in cells]))
        if any(cell.accused for cell in cells):
            rows.append(_row("td", str(_SHOULD_BE), [(cell.expected or "", _EXPECTED) for cell in cells]))
    return f"<table>{''.join(rows)}</table>"


def _table(table: Table) -> str:
    form = table.form
    rows = [_row("th", "", [(column.label.of(), _NUMBER) for column in form.columns.values()])]
    for row in form.data_rows:
        cells = [
            (printed(table, position), _NUMBER if table.states[position] in (State.NUMBER, State.ZERO) else _ODD)
            if key in row.columns and (position := form.position(row.code, key)) >= 0
            else ("", "")
            for key in form.columns
        ]
        rows.append(_row("td", row_label(table, row.code, None), cells))
    return f"<p>{escape(str(form.title))} · {table.place}</p><table>{''.join(rows)}</table>"


def _row(tag: str, label: str, cells: list[tuple[str, str]]) -> str:
    told = "".join(f'<{tag} style="{style}">{escape(text)}</{tag}>' for text, style in cells)
    return f'<tr><th style="text-align:left">{escape(label)}</th>{told}</tr>'
