"""Facts about an installation → a page for a terminal, section by section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text as Styled

from govstats.cli.health import SECTIONS, STATUS_NAMES, Fact, Status
from govstats.display.drawing import draw
from govstats.display.look import Look
from govstats.lang import Text

_COLOURS = {Status.OK: "green", Status.MISSING: "yellow", Status.BROKEN: "bold red"}
_TITLES = {
    "system": Text("系统", "system"),
    "console": Text("终端", "console"),
    "cache": Text("缓存", "cache"),
    "settings": Text("配置", "settings"),
    "additions": Text("自己的文件夹", "additions"),
    "fonts": Text("中文字体", "fonts"),
    "schemas": Text("规则和格式", "schemas"),
    "samples": Text("样例", "samples"),
}


def checkup(told: Sequence[Fact], verdict: str, look: Look) -> str:
    """The facts, and the verdict on the last line."""
    return draw(look, *_parts(told), verdict)


def _parts(told: Sequence[Fact]) -> Iterator[object]:
    for section, title in SECTIONS.items():
        chosen = [fact for fact in told if fact.section == section]
        if chosen:
            yield Styled(title.of(), "bold")
            yield Padding(_grid(chosen), (0, 0, 1, 2))


def _grid(chosen: Sequence[Fact]) -> Grid:
    grid = Grid.grid(padding=(0, 2, 0, 0))
    for _ in range(3):
        grid.add_column(overflow="fold")
    for fact in chosen:
        name = _TITLES[fact.name].of() if fact.name in _TITLES else fact.name
        grid.add_row(Styled(STATUS_NAMES[fact.status].of(), _COLOURS[fact.status]), name, _about(fact))
    return grid


def _about(fact: Fact) -> Styled:
    about = Styled(fact.detail.of())
    if fact.purpose:
        about.append(f" · {fact.purpose.of()}", "dim")
    if fact.hint:
        about.append(f"\n→ {fact.hint.of()}")
    return about
