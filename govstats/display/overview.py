"""Triage → one screen of a terminal: how all stand, whom to see to first, what was not read, where findings crowd."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import RenderableType
from rich.table import Table as Grid
from rich.text import Text as Styled

from govstats.display.breaking import in_clauses, shortened_within
from govstats.display.drawing import draw
from govstats.display.grouping import WAY_NAMES, Group
from govstats.display.look import Look
from govstats.display.triage import (
    Lead,
    NotRead,
    Triage,
    Unfiling,
    group_name,
    rule_name,
    severities_text,
    standings_in_order,
)
from govstats.display.untrusted import unbroken
from govstats.lang import Text
from govstats.model.finding import SEVERITIES, SEVERITY_NAMES
from govstats.model.standings import UNFILED, UNFILED_HEAD, UNREAD, UNREAD_HEAD

_LINES = 37
"""A screen has forty; the command, a blank line and the next prompt take three."""
_MOST_YEARS = 8
_NAMES = 0.55
"""The share of a line that whose report it is may take, and its file."""
_GAP = 2
"""Blanks between two columns."""
_FEWEST = 16
"""Room for a code or two behind a name, with the blanks between."""
_NAMED = 20
"""With less room than that, rules are told by their codes alone."""
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
_OF_YEAR = Text("{year}：", "{year}: ")


def overview(triage: Triage, look: Look) -> str:
    """The whole screen: each section has so many rows at most, the later ones what the earlier ones leave."""
    standings = _standings(triage, look)
    parts: list[RenderableType | str] = [_head(triage, look.lang), *standings]
    left = _LINES - len(parts)
    for section, most in _SECTIONS:
        room = min(most, left - 2)
        drawn = section(triage, look, room) if room > 1 else None
        if drawn:
            parts += ["", drawn.title, drawn.grid]
            left -= 2 + drawn.grid.row_count
    return draw(look, *parts, "")


class _Drawn(NamedTuple):
    """A section: its title, a line, and below it so many rows."""

    title: Styled | str
    grid: Grid


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


def _standings(triage: Triage, look: Look) -> list[Styled]:
    """A count for each way to stand; no line is broken within one."""
    lines: list[Styled] = []
    told = Styled(" ")
    for kind, name, count in standings_in_order(triage.tally.standings):
        one = Styled(f"{name.of(look.lang)} {count}", _COLOURS[kind] if count else "dim")
        if 0 < look.width < told.cell_len + 2 + one.cell_len:
            lines, told = [*lines, told], Styled(" ")
        told = Styled.assemble(told, " " if told.plain == " " else "  ", one)
    return [*lines, told]


def _leads(triage: Triage, look: Look, room: int) -> _Drawn | None:
    if not triage.worst:
        return None
    shown = triage.worst[:room]
    head = _WORST_OF if triage.to_see > len(shown) else _WORST
    found = [_found(lead, look.lang) for lead in shown]
    left = look.width - max(each.cell_len for each in found) - _FEWEST
    wide = max(min(int(look.width * _NAMES), left), 20)
    names = [shortened_within(unbroken(lead.called(look.lang)), wide) for lead in shown]
    rows = list(zip(found, names, shown, strict=True))
    room = look.width - sum(max(map(cell_len, column)) + _GAP for column in ([each.plain for each in found], names))
    grid = _grid(look, [], [])
    for ratio in (None, None, 1):
        grid.add_column(no_wrap=True, overflow="ellipsis", ratio=ratio)
    for counted, name, lead in rows:
        grid.add_row(counted, name, _what(lead, look.lang, room))
    return _Drawn(_title(head.format(n=triage.to_see, shown=len(shown)), look), grid)


def _what(lead: Lead, lang: str | None, room: int) -> str:
    """What was found, by name and code; where the names have no room, by code."""
    told = lead.what.of(lang)
    return told if cell_len(told) <= room else in_clauses(told if room > _NAMED else lead.codes.of(lang), room)


def _found(lead: Lead, lang: str | None) -> Styled:
    return Styled(f"  {severities_text((*lead.severities[:2], 0)).of(lang)}", _COLOURS[lead.standing])


def _unread(triage: Triage, look: Look, room: int) -> _Drawn | None:
    count = triage.tally.standings[UNREAD]
    if not count:
        return None
    wide = max(look.width // 2, 20)
    rows = []
    for each in triage.unread[:room]:
        name = shortened_within(_end_of(unbroken(each.path), wide - 2), wide - 2)
        rows.append((f"  {name}", unbroken(_why(each).of(look.lang))))
    if count > len(rows):
        rows[-1] = (f"  {_MORE.format(n=count - len(rows) + 1).of(look.lang)}", "")
    room = look.width - max(cell_len(name) + _GAP for name, _ in rows)
    grid = _grid(look, [], [])
    for ratio in (None, 1):
        grid.add_column(no_wrap=True, overflow="ellipsis", ratio=ratio)
    for name, why in rows:
        grid.add_row(name, in_clauses(why, room))
    return _Drawn(_title(UNREAD_HEAD.format(n=count), look), grid)


def _why(document: NotRead) -> Text:
    """Why it was not read; whose it is, where its name does not say."""
    whose = document.whose
    is_named = whose is None or all(part in document.path for part in whose.zh.removesuffix(" 年").split())
    return document.why if is_named else _WHOSE.format(whose=whose, why=document.why)


def _end_of(path: str, width: int) -> str:
    """A path without so many of its first folders as have no room: its end tells files from one another."""
    name = path
    while cell_len(name) > width and "/" in name.removeprefix("…/"):
        name = f"…/{name.removeprefix('…/').partition('/')[2]}"
    return name


def _unfiled(triage: Triage, look: Look, room: int) -> _Drawn | None:
    """The latest year first, its agencies one behind the other."""
    count = triage.tally.standings[UNFILED]
    if not count:
        return None
    lines = list(_run_in(triage.unfiled, look))
    if len(lines) > room or lines[-1][1] < count:
        told = lines[room - 2][1] if room > 1 else 0
        lines = [*lines[: room - 1], (f"  {_MORE.format(n=count - told).of(look.lang)}", count)]
    grid = _grid(look, [], [])
    grid.add_column(no_wrap=True, overflow="ellipsis")
    for line, _ in lines:
        grid.add_row(line)
    return _Drawn(_title(UNFILED_HEAD.format(n=count), look), grid)


def _run_in(unfiled: Iterable[Unfiling], look: Look) -> Iterator[tuple[str, int]]:
    """Lines of names behind their year, and how many names there are up to their ends."""
    told, mark = 0, _AND.of(look.lang)
    for each in unfiled:
        line = f"  {_OF_YEAR.format(year=each.year).of(look.lang)}"
        indent = cell_len(line)
        for at, agency in enumerate(each.told(look.lang), 1):
            name = shortened_within(unbroken(agency), look.width - indent - 2)
            name += mark if at < len(each.agencies) else ""
            if cell_len(line) > indent and cell_len(line) + cell_len(name.rstrip()) > look.width:
                yield line.rstrip(), told
                line = " " * indent
            line, told = line + name, told + 1
        yield line, told


def _rules(triage: Triage, look: Look, room: int) -> _Drawn | None:
    rules = triage.rules()
    if not rules:
        return None
    shown = [f"{rule_name(code).of(look.lang)} {group.reports}" for code, group in rules[: 2 * room]]
    if len(rules) > len(shown):
        shown[-1] = _MORE_RULES.format(n=len(rules) - len(shown) + 1).of(look.lang)
    return _Drawn(_title(_RULES, look), _pairs(shown, look))


def _matrix(triage: Triage, look: Look, room: int) -> _Drawn | None:
    years, rows = triage.matrix(room - 1)
    if not rows:
        return None
    grid = _grid(look, [], [])
    grid.width = None
    grid.add_column(overflow="fold")
    for _ in years[-_MOST_YEARS:]:
        grid.add_column(justify="right", no_wrap=True)
    grid.add_row("", *(Styled(year, "dim") for year in years[-_MOST_YEARS:]))
    for agency, groups in rows:
        grid.add_row(f"  {unbroken(agency)}", *map(_errors_and_warnings, groups[-_MOST_YEARS:]))
    return _Drawn(_title(_MATRIX, look), grid)


def _pairs(told: Sequence[str], look: Look) -> Grid:
    """Two to a line."""
    grid = _grid(look, [], [])
    for _ in range(2):
        grid.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
    for at in range(0, len(told), 2):
        grid.add_row(*(f"  {each}" for each in told[at : at + 2]))
    return grid


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


_SECTIONS: tuple[tuple[Callable[[Triage, Look, int], _Drawn | None], int], ...] = (
    (_leads, 10),
    (_unread, 10),
    (_unfiled, 12),
    (_rules, 6),
    (_matrix, 6),
)
"""What stands below the counts, in this order, with so many rows at most."""
