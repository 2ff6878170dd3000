"""Reports, audits and findings as HTML for a notebook: small, without script, readable on light and dark alike.

Text has the colour of its surroundings and nothing has a background, so the theme of the notebook is followed whatever
it is (a page cannot know JupyterLab's from `prefers-color-scheme`). What is accused has a frame and brackets; the
reason stands below its table. All text is escaped, and however much an audit holds, little is shown.
"""

from __future__ import annotations

from html import escape

from govstats.catalog.rules import get_rule
from govstats.display.cards import FindingCard
from govstats.display.crops import HEAD, crops
from govstats.display.excerpt import Excerpt, ExcerptCell, excerpt
from govstats.display.triage import NotRead, Triage, severities_text, standings_in_order
from govstats.lang import Text, joined, language
from govstats.model.audits import Audit, Audited, Unread
from govstats.model.finding import SEVERITIES, SEVERITY_NAMES, CellFinding, Finding
from govstats.model.report import Report
from govstats.model.standings import UNREAD
from govstats.model.table import Table
from govstats.model.wording import NOT_READ_HEAD, TO_DO_HEAD, figure_text, printed, row_label
from govstats.text.figures import State

_STYLE = (
    "<style>"
    ".govstats{color:inherit;background:transparent}"
    ".govstats .gs-wide{overflow-x:auto}"
    ".govstats table{border-collapse:collapse;color:inherit;background:transparent;margin:.3em 0}"
    ".govstats tr,.govstats th,.govstats td{background:transparent;color:inherit}"
    ".govstats th,.govstats td{border:0;border-bottom:1px solid rgba(128,128,128,.35);padding:2px 10px;"
    "text-align:right;font-weight:normal}"
    ".govstats thead th{border-bottom:1px solid currentColor;vertical-align:bottom;white-space:nowrap}"
    ".govstats th[scope=row]{max-width:30em}"
    ".govstats th[scope=row],.govstats .gs-text{text-align:left}"
    ".govstats .gs-accused{outline:2px solid #d1495b;outline-offset:-2px;font-weight:bold}"
    ".govstats .gs-expected th,.govstats .gs-expected td{font-weight:bold}"
    ".govstats .gs-odd{font-style:italic}"
    ".govstats .gs-finding{border-left:3px solid #d1495b;padding-left:.8em;margin:.8em 0}"
    ".govstats .gs-warning,.govstats .gs-info{border-left-color:rgba(128,128,128,.7)}"
    ".govstats p{margin:.3em 0}"
    ".govstats img{height:2em;vertical-align:middle}"
    "</style>"
)
_SHOULD_BE = Text("应为", "should be")
_WHY = Text("为什么：", "Why: ")
_RELATION = Text("不成立：", "Fails: ")
_NO_FINDINGS = Text("没有发现问题。", "No findings.")
_NO_TABLES = Text("没有认出附表。", "No appendix table was recognised.")
_MORE_RELATIONS = Text("另有 {n} 条不成立。", "{n} more fail.")
_MORE_ROWS = Text("另有 {n} 行", "{n} more rows")
_MORE = Text(
    "另有 {n} 个问题没有列出；audit.to_frame() 列出全部。", "{n} more findings; audit.to_frame() lists them all."
)
_MORE_UNREAD = Text("另有 {n} 个文件没有读成；见 audit.unread。", "{n} more documents were not read; see audit.unread.")
_LEADS = Text("先看这些,文件,问题数,是什么", "see to these first,file,found,what")
_COUNTS = Text("规则,说明,级别,问题,报告", "rule,what,severity,findings,reports")
_CELLS = Text("行,列,印作,应为", "row,column,printed,should be")
_MOST_FINDINGS = 10
_FEW_FINDINGS = 5
_MOST_UNREAD = 10
_MOST_UNFILED = 40
_OF_YEAR = Text("{year}未见报告的单位（{n}）：", "Not filed for {year} ({n}): ")
_MOST_RELATIONS = 4
_MOST_CELLS = 12


def report_html(report: Report) -> str:
    """What was read: every table under its official labels."""
    head = _head(report) + _p(report.format or _NO_TABLES)
    return _box(head + "".join(_table(table) for table in report.tables.values()))


def audit_html(audit: Audit) -> str:
    """The summary, what was not read, how often which rule, and the gravest findings: never more than a few."""
    if len(audit.entries) == 1:
        return _box(_p(audit.summary) + _entry(audit.entries[0]))
    triage = Triage.of(audit.entries)
    shown = [audit.entries[lead.number] for lead in triage.worst[:_FEW_FINDINGS]]
    told = "".join(_first(entry) for entry in shown if isinstance(entry, Audited))
    left = len(audit.findings) - len(shown)
    head = _p(audit.summary) + _standings(triage) + _leads(triage) + _unread(triage) + _unfiled(triage)
    return _box(head + _counts(triage) + told + _more(_MORE, left))


def _standings(triage: Triage) -> str:
    return _p(" · ".join(f"{name} {count}" for _, name, count in standings_in_order(triage.tally.standings)))


def _first(entry: Audited) -> str:
    """A report's gravest finding."""
    gravest = min(entry.findings, key=lambda finding: SEVERITIES.index(finding.severity))
    return _head(entry.report) + _finding(gravest, entry.report)


def _leads(triage: Triage) -> str:
    """Whom to see to first, a row each."""
    told = ((lead.title, lead.path, severities_text(lead.severities), lead.what) for lead in triage.worst)
    rows = [
        _row(str(title), "".join(f'<td class="gs-text">{escape(str(text))}</td>' for text in texts))
        for title, *texts in told
    ]
    return _grid(str(_LEADS).split(","), rows) if rows else ""


def audited_html(entry: Audited) -> str:
    """One report and its findings."""
    return _box(_entry(entry))


def finding_html(finding: Finding) -> str:
    """One finding by itself: what, which cells, why, what to do."""
    return _box(_finding(finding, None))


def _entry(entry: Audited | Unread) -> str:
    if isinstance(entry, Unread):
        return _not_read(NotRead.of(entry))
    told = "".join(_finding(finding, entry.report) for finding in entry.findings[:_MOST_FINDINGS])
    more = _more(_MORE, len(entry.findings) - _MOST_FINDINGS)
    return _head(entry.report) + (told or _p(_NO_FINDINGS)) + more


def _head(report: Report) -> str:
    return f"<p><strong>{escape(str(report.title))}</strong> · {escape(report.path)}</p>"


def _unread(triage: Triage) -> str:
    told = "".join(_not_read(each) for each in triage.unread[:_MOST_UNREAD])
    return told + _more(_MORE_UNREAD, triage.tally.standings[UNREAD] - _MOST_UNREAD)


def _unfiled(triage: Triage) -> str:
    """Who has not filed, a line a year."""
    return "".join(
        _p(
            joined([*agencies[:_MOST_UNFILED], *(["…"] if count > _MOST_UNFILED else [])]),
            _OF_YEAR.format(year=year, n=count),
        )
        for year, count, agencies in triage.unfiled
    )


def _not_read(document: NotRead) -> str:
    why = f"{document.why}{document.hint or ''}"
    return f"<p><strong>{escape(document.path)}</strong> {NOT_READ_HEAD}{escape(why)}</p>"


def _counts(triage: Triage) -> str:
    """How many findings of each rule, in how many reports; in the most reports first."""
    rows = []
    for code, group in triage.rules():
        rule = get_rule(code)
        texts = [str(rule.title.text()), str(SEVERITY_NAMES[rule.severity])]
        cells = "".join(f'<td class="gs-text">{escape(text)}</td>' for text in texts)
        counts = f"<td>{triage.tally.rules[code]}</td><td>{group.reports}</td>"
        rows.append(f'<tr><th scope="row">{code}</th>{cells}{counts}</tr>')
    return _grid(str(_COUNTS).split(","), rows) if rows else _p(_NO_FINDINGS)


def _finding(finding: Finding, report: Report | None) -> str:
    """Title, message, the table; below it the relations that fail and what to do."""
    where = f" · {finding.place}" if finding.place and str(finding.place) else ""
    title = f"{SEVERITY_NAMES[finding.severity]} {finding.rule} {get_rule(finding.rule).title.text()}{where}"
    shown = excerpt(report, finding) if report else None
    table = _excerpt(shown) if shown else "" if report else _bare_cells(finding.accused)
    return (
        f'<div class="gs-finding gs-{finding.severity}"><p><strong>{escape(title)}</strong></p>'
        f"{table}{_crops(finding, report)}{_p(finding.message, _WHY)}{_relations(finding, report)}"
        f"{_p(finding.hint, TO_DO_HEAD)}</div>"
    )


def _crops(finding: Finding, report: Report | None) -> str:
    """The pieces of the picture that are to be compared."""
    found = crops(report, finding) if report else ()
    told = "".join(f'<p><img alt="" src="{each.uri}"> {escape(each.told)}</p>' for each in found)
    return _p(HEAD) + told if told else ""


def _relations(finding: Finding, report: Report | None) -> str:
    """Both sides of the relations behind a finding; those that blanks leave open do not fail."""
    if report and finding.evidence:
        card = FindingCard(report, finding, language())
        return "" if card.open else "".join(_p(side, _RELATION) for side in card.sides)
    failing = [each for each in finding.evidence if not each.open]
    told = [
        f"{each.rule} {each.line}：{each.relation}，{figure_text(each.left)} ≠ {figure_text(each.right)}"
        for each in failing[:_MOST_RELATIONS]
    ]
    return "".join(_p(text, _RELATION) for text in told) + _more(_MORE_RELATIONS, len(failing) - _MOST_RELATIONS)


def _bare_cells(cells: tuple[CellFinding, ...]) -> str:
    rows = [
        f'<tr><th scope="row">{escape(cell.row)}</th><td>{escape(cell.column)}</td>'
        f'<td class="gs-accused">[{figure_text(cell.actual)}]</td><td>{figure_text(cell.expected)}</td></tr>'
        for cell in cells[:_MOST_CELLS]
    ]
    return _grid(str(_CELLS).split(","), rows) if rows else ""


def _excerpt(shown: Excerpt) -> str:
    rows = []
    for label, cells in shown.rows:
        rows.append(_row(label, "".join(map(_cell, cells))))
        if any(cell.accused for cell in cells):
            expected = "".join(f"<td>{escape(cell.expected or '')}</td>" for cell in cells)
            rows.append(_row(str(_SHOULD_BE), expected, "gs-expected"))
    return _grid(["", *shown.headers], rows) + _more(_MORE_ROWS, shown.more)


def _cell(cell: ExcerptCell) -> str:
    if cell.accused:
        return f'<td class="gs-accused">[{escape(cell.text)}]</td>'
    return f"<td>{escape(cell.text)}</td>"


def _table(table: Table) -> str:
    form = table.form
    rows = []
    for row in form.data_rows:
        cells = "".join(_printed(table, row.code, key) if key in row.columns else "<td></td>" for key in form.columns)
        rows.append(_row(row_label(table, row.code, None), cells))
    headers = ["", *(column.label.of() for column in form.columns.values())]
    return f"<p>{escape(str(form.title))} · {escape(str(table.place))}</p>{_grid(headers, rows)}"


def _printed(table: Table, row: str, column: str) -> str:
    position = table.form.position(row, column)
    odd = "" if table.states[position] in (State.NUMBER, State.ZERO) else ' class="gs-odd"'
    return f"<td{odd}>{escape(printed(table, position))}</td>"


def _grid(headers: list[str], rows: list[str]) -> str:
    heads = "".join(f'<th scope="col">{escape(header)}</th>' for header in headers)
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return f'<div class="gs-wide">{table}</div>'


def _row(label: str, cells: str, name: str = "") -> str:
    named = f' class="{name}"' if name else ""
    return f'<tr{named}><th scope="row">{escape(label)}</th>{cells}</tr>'


def _p(text: Text | str, head: Text | None = None) -> str:
    lead = f"<strong>{head}</strong>" if head else ""
    return f"<p>{lead}{escape(str(text))}</p>"


def _more(text: Text, n: int) -> str:
    return _p(text.format(n=n)) if n > 0 else ""


def _box(inner: str) -> str:
    return f'{_STYLE}<div class="govstats">{inner}</div>'
