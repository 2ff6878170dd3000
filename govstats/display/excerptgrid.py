"""Excerpt → a grid for the terminal: accused cells in brackets, what they should hold in a row below theirs."""

from __future__ import annotations

from rich.console import RenderableType
from rich.text import Text as Styled

from govstats.display.drawing import figures
from govstats.display.excerpt import Excerpt
from govstats.display.look import Look
from govstats.lang import Text

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
