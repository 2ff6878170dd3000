"""Triage → one screen of a terminal: how all stand, whom to see to first, what was not read, where findings crowd."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import RenderableType
from rich.table import Table as Grid
from rich.text import Text as Styled

from govstats.display.drawing import draw
from govstats.display.grouping import WAY_NAMES, Group
from govstats.display.look import Look
from govstats.display.triage import (
    Lead,
    NotRead,
    Triage,
    group_name,
    rule_name,
    severities_text,
    standings_in_order,
)
from govstats.display.untrusted import unbroken
from govstats.lang import Text
from govstats.model.finding import SEVERITIES, SEVERITY_NAMES
from govstats.model.standings import UNFILED, UNFILED_HEAD, UNREAD, UNREAD_HEAD

_MOST_MISSING = 5
_MOST_RULES = 6
_FEWER = 3
"""So many of each where documents were not read and others not filed: all shall stand on one screen."""
_MOST_YEARS = 8
_MOST_GROUPS = 200
_COLOURS = {
    "error": "bold red",
    "warning": "bold yellow",
    "info": "cyan",
    "unverified": "yellow",
    "known": "yellow",
    "clean": "green",
    "unread": "bold red",
    "unfiled": "bold yellow",
}

_HEAD = Text("汇总：{n} 份报告", "Summary of {n} reports")
_PARTIAL = Text("（已中断，只是一部分）", " (interrupted: only a part)")
_FOR_YEARS = Text("，{first}–{last} 年度", ", {first}–{last}")
_FOR_YEAR = Text("，{first} 年度", ", {first}")
_WORST = Text("先看这些（{n} 份有错误或警告）", "See to these first ({n} with errors or warnings)")
_WORST_OF = Text(
    "先看这 {shown} 份（共 {n} 份有错误或警告）", "See to these {shown} first (of {n} with errors or warnings)"
)
_RULES = Text("按规则（多少份报告）", "By rule (in how many reports)")
_MORE_RULES = Text("其他 {n} 条规则", "{n} other rules")
_MATRIX = Text("按机关和年度（错误/警告，？没有读成）", "By agency and year (errors/warnings, ? not read)")
_WHOSE = Text("{whose}：{why}", "{whose}: {why}")
_MORE = Text("… 另有 {n} 个", "… {n} more")
_REPORTS = Text("报告", "reports")
_BY = Text("按{way}", "By {way}")
_AND = Text("、", ", ")


def overview(triage: Triage, look: Look) -> str:
    """The whole screen, at most about forty lines."""
    parts: list[RenderableType | str] = [_head(triage, look.lang), _standings(triage, look)]
    for section in (_leads, _unread, _unfiled, _rules, _matrix):
        drawn = list(section(triage, look))
        parts += ["", *drawn] if drawn else []
    return draw(look, *parts, "")


def grouped(triage: Triage, way: str, look: Look) -> str:
    """A line for each group of one of the ways to count, the gravest first; what was not read last."""
    lang = look.lang
    groups = triage.groups(way)
    shown = groups if look.width <= 0 else groups[:_MOST_GROUPS]
    heads = [_REPORTS.of(lang), *(SEVERITY_NAMES[severity].of(lang) for severity in SEVERITIES)]
    grid = _grid(look, [_BY.format(way=WAY_NAMES[way]).of(lang)], heads)
    for name, group in shown:
        grid.add_row(unbroken(group_name(way, name).of(lang)), *map(str, (group.reports, *group.severities)))
    more = [_MORE.format(n=len(groups) - len(shown)).of(lang)] if len(groups) > len(shown) else []
    count = triage.tally.standings[UNREAD]
    unread = [UNREAD_HEAD.format(n=count).of(lang)] if count else []
    return draw(look, grid, *more, *unread)


def _head(triage: Triage, lang: str | None) -> Styled:
    told = _HEAD.format(n=triage.tally.reports).of(lang)
    years = triage.years
    if years:
        span = _FOR_YEARS if len(years) > 1 else _FOR_YEAR
        told += span.format(first=years[0], last=years[-1]).of(lang)
    return Styled(told + (_PARTIAL.of(lang) if triage.tally.partial else ""), "bold")


def _standings(triage: Triage, look: Look) -> Styled:
    """A count for each way to stand; no line is broken within one."""
    lines: list[Styled] = []
    told = Styled(" ")
    for kind, name, count in standings_in_order(triage.tally.standings):
        one = Styled(f"{name.of(look.lang)} {count}", _COLOURS[kind] if count else "dim")
        if 0 < look.width < told.cell_len + 2 + one.cell_len:
            lines, told = [*lines, told], Styled(" ")
        told = Styled.assemble(told, " " if told.plain == " " else "  ", one)
    return Styled("\n").join([*lines, told])


def _leads(triage: Triage, look: Look) -> Iterator[RenderableType]:
    if not triage.worst:
        return
    head = _WORST_OF if triage.to_see > len(triage.worst) else _WORST
    yield _title(head.format(n=triage.to_see, shown=len(triage.worst)), look)
    grid = _grid(look, [], [])
    grid.add_column(no_wrap=True)
    for share in (0.4, 0.3):
        grid.add_column(no_wrap=True, max_width=max(int(look.width * share), 16), overflow="ellipsis")
    grid.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
    for lead in triage.worst:
        grid.add_row(
            _found(lead, look.lang), unbroken(lead.title.of(look.lang)), unbroken(lead.file), lead.what.of(look.lang)
        )
    yield grid


def _found(lead: Lead, lang: str | None) -> Styled:
    return Styled(f"  {severities_text((*lead.severities[:2], 0)).of(lang)}", _COLOURS[lead.standing])


def _unread(triage: Triage, look: Look) -> Iterator[RenderableType]:
    count = triage.tally.standings[UNREAD]
    if not count:
        return
    shown = triage.unread[: _FEWER if _crowded(triage) else _MOST_MISSING]
    yield _title(UNREAD_HEAD.format(n=count), look)
    wide = max(look.width // 2, 20)
    grid = _grid(look, [], [])
    grid.add_column(no_wrap=True, max_width=wide, overflow="ellipsis")
    grid.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
    for each in shown:
        grid.add_row(f"  {_end_of(unbroken(each.path), wide - 2)}", unbroken(_why(each).of(look.lang)))
    yield grid
    if count > len(shown) and not _crowded(triage):
        yield Styled(f"  {_MORE.format(n=count - len(shown)).of(look.lang)}", "dim")


def _why(document: NotRead) -> Text:
    return _WHOSE.format(whose=document.whose, why=document.why) if document.whose else document.why


def _end_of(path: str, width: int) -> str:
    """A path without so many of its first folders as have no room: its end tells files from one another."""
    name = path
    while cell_len(name) > width and "/" in name.removeprefix("…/"):
        name = f"…/{name.removeprefix('…/').partition('/')[2]}"
    return name


def _unfiled(triage: Triage, look: Look) -> Iterator[RenderableType]:
    count = triage.tally.standings[UNFILED]
    if not count:
        return
    names = [unbroken(title.of(look.lang)) for title in triage.unfiled[: 2 * _MOST_MISSING]]
    more = [_MORE.format(n=count - len(names)).of(look.lang)] if count > len(names) else []
    yield _title(UNFILED_HEAD.format(n=count), look)
    yield Styled(f"  {_AND.of(look.lang).join([*names, *more])}")


def _rules(triage: Triage, look: Look) -> Iterator[RenderableType]:
    rules = triage.rules()
    if not rules:
        return
    yield _title(_RULES, look)
    most = 2 * (_FEWER if _crowded(triage) else _MOST_RULES)
    shown = [f"{rule_name(code).of(look.lang)} {group.reports}" for code, group in rules[:most]]
    if len(rules) > len(shown):
        shown.append(_MORE_RULES.format(n=len(rules) - len(shown)).of(look.lang))
    grid = _grid(look, [], [])
    for _ in range(2):
        grid.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
    for at in range(0, len(shown), 2):
        grid.add_row(*(f"  {told}" for told in shown[at : at + 2]))
    yield grid


def _matrix(triage: Triage, look: Look) -> Iterator[RenderableType]:
    years, rows = triage.matrix(_FEWER if _crowded(triage) else _MOST_MISSING)
    if not rows:
        return
    years = years[-_MOST_YEARS:]
    grid = _grid(look, [_MATRIX.of(look.lang)], years)
    for agency, groups in rows:
        grid.add_row(f"  {unbroken(agency)}", *map(_errors_and_warnings, groups[-_MOST_YEARS:]))
    yield grid


def _crowded(triage: Triage) -> bool:
    return bool(triage.unread and triage.unfiled)


def _errors_and_warnings(group: Group | None) -> Styled:
    return Styled("—", "dim") if group is None else Styled(group.brief, _COLOURS[group.standing])


def _title(text: Text, look: Look) -> Styled:
    return Styled(text.of(look.lang), "bold")


def _grid(look: Look, names: Sequence[str], figures: Sequence[str]) -> Grid:
    grid = Grid(box=None, padding=(0, 2, 0, 0), show_edge=False, pad_edge=False, show_header=bool(names))
    grid.width = look.width if not names else None
    for name in names:
        grid.add_column(name, overflow="fold", header_style="bold")
    for name in figures:
        grid.add_column(name, justify="right", no_wrap=True, header_style="dim")
    return grid
