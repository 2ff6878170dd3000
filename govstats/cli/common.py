"""What the commands share: errors that end in one line, options of language and output, the output, Ctrl-C."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Self, TextIO, TypeVar

import click

from govstats.cli.helping import Described, option
from govstats.display.look import Look
from govstats.errors import GovstatsError, UsageError
from govstats.lang import LANGUAGES, Text, speaking
from govstats.sources.wholefile import whole_file

_NARROWEST = 20
_STOPPING = Text(
    "正在停止，先写出已经读完的；再按一次 Ctrl-C 立刻停止。",
    "Stopping: what has been read is written first. Ctrl-C once more stops at once.",
)

T = TypeVar("T")


class Command(Described):
    """A command whose GovstatsErrors end in one line on standard error, in the language that was asked for."""

    def invoke(self, ctx: click.Context) -> Any:
        with speaking(ctx.params.pop("lang", None)):
            try:
                return super().invoke(ctx)
            except GovstatsError as error:
                raise click.ClickException(error.text()) from error


def lang_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--lang zh|en`."""
    return option(
        "--lang", type=click.Choice(LANGUAGES), help=Text("语言（GOVSTATS_LANG）", "language (GOVSTATS_LANG)")
    )(function)


def output_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """`-o FILE`."""
    return option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, path_type=Path),
        help=Text("写入文件（UTF-8）", "write to a file (UTF-8)"),
    )(function)


def look(output: Path | None) -> Look:
    """Width and colours of where the output goes (NO_COLOR is respected)."""
    terminal = output is None and sys.stdout is not None and sys.stdout.isatty()
    width = shutil.get_terminal_size((100, 24)).columns if terminal or "COLUMNS" in os.environ else 100
    return Look(width=max(width, _NARROWEST), colour=terminal and not os.environ.get("NO_COLOR"), seen=terminal)


@contextmanager
def opened(output: Path | None, for_machines: bool = False) -> Iterator[TextIO]:
    """The file to write (UTF-8; an older one stays until this is whole), or standard output, which is UTF-8 whatever
    the console is if what is written is for machines. Raises UsageError if the file cannot be written.

    A file name that is no text (bytes of GBK on Linux) is written as `\\udcb6…`, from which it can be had again.
    """
    if output is not None:
        with whole_file(output) as file:
            stream = TextIOWrapper(file, "utf-8", "backslashreplace", newline="\n")
            yield stream
            stream.flush()
            stream.detach()
        return
    if sys.stdout is None:
        raise UsageError(Text("没有标准输出。", "There is no standard output."))
    if for_machines and isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    yield sys.stdout


def put(stream: TextIO, chunk: str | bytes) -> None:
    """Write text, or bytes past the encoding."""
    if isinstance(chunk, str):
        stream.write(chunk)
    else:
        stream.buffer.write(chunk)


def refuse_terminal(output: Path | None, format_: str) -> None:
    """Raises UsageError if bytes would go to a terminal."""
    if output is None and sys.stdout is not None and sys.stdout.isatty():
        raise UsageError(
            Text(f"{format_} 不能显示在终端上。", f"{format_} is nothing for a terminal."),
            Text(f"请写入文件，如 -o audit.{format_}。", f"Write to a file, as in -o audit.{format_}."),
        )


def _tell_at_once(text: str) -> None:
    """On standard error, past all that waits to be written: a handler of signals may come between two bytes of that."""
    with suppress(OSError, ValueError, AttributeError):
        os.write(sys.stderr.fileno(), f"{text}\n".encode(sys.stderr.encoding or "utf-8", "replace"))


class Interruption:
    """Ctrl-C while many files are read or told: the first lets the work at hand end and be told, a second before that
    stops at once."""

    def __init__(self) -> None:
        self.happened = False
        self._at_hand = False

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(self, *_: object) -> None:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, self._before)

    def _note(self, *_: object) -> None:
        if self._at_hand:
            raise KeyboardInterrupt
        self.happened = self._at_hand = True
        _tell_at_once(str(_STOPPING))

    def guard(self, items: Iterable[T]) -> Iterator[T]:
        """The items until Ctrl-C; another guard begins anew."""
        self._at_hand = False
        for item in items:
            if self._at_hand:
                return
            yield item
