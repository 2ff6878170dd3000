"""A bar while many documents are read: how many, how fast, how long still; on standard error, or in a notebook."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from govstats.lang import Text

_MANY = 20
_READING = Text("读取", "reading")
_A_SECOND = Text("份/秒", "a second")
_LEFT = Text("还需", "left")


@contextmanager
def progress(total: int, asked: bool | None = None) -> Iterator[Callable[[], None]]:
    """To be called for each document that is done. Unless it was asked for, nothing is shown for a few documents, or
    where nobody watches."""
    if asked is None:
        asked = total >= _MANY and sys.stderr is not None and sys.stderr.isatty()
    if not asked:
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TimeRemainingColumn
    from rich.text import Text as Styled

    class Rate(ProgressColumn):
        """Documents a second."""

        def render(self, task: Task) -> Styled:
            return Styled(f"{task.speed or 0:.0f} {_A_SECOND.of()}", "dim")

    columns = (_READING.of(), BarColumn(), MofNCompleteColumn(), Rate(), _LEFT.of(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=not Console().is_jupyter), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)
