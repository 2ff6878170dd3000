"""rich renderables → a string of the right width, with or without colours, no blanks at line ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import StringIO
from textwrap import wrap

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.protocol import is_renderable
from rich.segment import Segment
from rich.table import Table as Grid
from rich.text import Text as Styled

from govstats.display.breaking import Broken
from govstats.display.excerpt import Excerpt
from govstats.display.look import Look
from govstats.display.untrusted import harmless
from govstats.lang import Text

_LABEL = 12
_INDENT = 4


def draw(look: Look, *parts: object) -> str:
    """Each part on lines of its own."""
    drawn = StringIO()
    console = Console(
        file=drawn,
        width=look.width,
        force_terminal=look.colour,
        no_color=not look.colour,
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    )
    for part in parts:
        console.print(_Harmless(part))
    return "".join(f"{line.rstrip()}\n" for line in drawn.getvalue().splitlines())


class _Harmless:
    """A part whose text a terminal may be given."""

    def __init__(self, part: object) -> None:
        self._part = _breakable(part)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for segment in console.render(self._part, options):
            yield segment if segment.control else Segment(harmless(segment.text), segment.style)


def _breakable(part: object) -> RenderableType:
    """Text is broken by the rules of Chinese; what draws itself stays as it is."""
    if isinstance(part, Styled):
        return Broken(part)
    if isinstance(part, Padding):
        part.renderable = _breakable(part.renderable)
        return part
    return part if is_renderable(part) and not isinstance(part, str) else Broken(Styled(str(part)))  # type: ignore[return-value]


def figures(look: Look, headers: Sequence[str], rows: Iterable[tuple[Styled, Sequence[Styled]]]) -> RenderableType:
    """Labels and figures under headers; where that is too wide, each row as `header:figure` pairs. No figure is cut."""
    listed = list(rows)
    grid = Grid(box=None, padding=(0, 1), show_edge=False, pad_edge=False)
    grid.add_column("", overflow="fold", min_width=_LABEL)
    for header in headers:
        grid.add_column(_folded(header), justify="right", no_wrap=True, header_style="dim")
    for label, cells in listed:
        grid.add_row(Broken(label), *cells)
    widths = [
        max(
            cell_len(line)
            for text in (_folded(header), *(cells[at].plain for _, cells in listed if cells))
            for line in text.split("\n")
        )
        for at, header in enumerate(headers)
    ]
    if _INDENT + _LABEL + sum(width + 2 for width in widths) <= look.width:
        return grid
    return Group(*(Broken(part) for label, cells in listed for part in (label, _pairs(headers, cells))))


def _pairs(headers: Sequence[str], cells: Sequence[Styled]) -> Styled:
    told = (Styled.assemble(f"{header}:", cell) for header, cell in zip(headers, cells, strict=False) if cell.plain)
    return Styled("  ") + Styled("  ").join(told)


def _folded(header: str) -> str:
    """A header on short lines: by words, or by four Chinese characters."""
    return "\n".join(header.split() if header.isascii() else wrap(header, 4))


_SHOULD_BE = Text("应为", "should be")
_MORE = Text("（另有 {n} 行）", "({n} more rows)")


def excerpt_grid(shown: Excerpt, look: Look) -> RenderableType:
    """The excerpt at the width of the look."""
    rows: list[tuple[Styled, list[Styled]]] = []
    for label, cells in shown.rows:
        marked = [Styled(f"[{cell.text}]", "bold red") if cell.accused else Styled(cell.text) for cell in cells]
        rows.append((Styled(label), marked))
        if any(cell.accused for cell in cells):
            expected = [Styled(cell.expected or "", "bold green") for cell in cells]
            rows.append((Styled(_SHOULD_BE.of(look.lang), "bold green"), expected))
    if shown.more:
        rows.append((Styled(_MORE.format(n=shown.more).of(look.lang), "dim"), []))
    return figures(look, shown.headers, rows)
