"""rich renderables → a string of the right width, with or without colours, no blanks at line ends."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from govstats.renderers import Look


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
        console.print(part)
    return "".join(f"{line.rstrip()}\n" for line in drawn.getvalue().splitlines())
