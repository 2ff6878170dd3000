"""`govstats show`: what was read, no verdict."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import click

from govstats.cli.common import Command, Interruption, lang_option, look, opened, output_option
from govstats.cli.helping import option
from govstats.cli.inputs import Paths, paths_argument, planned
from govstats.cli.running import Manner, manner_options
from govstats.display.look import Look
from govstats.display.reports import report_text
from govstats.display.untrusted import csv_safe, unbroken
from govstats.errors import UsageError
from govstats.lang import Text
from govstats.model.audits import Unread
from govstats.model.report import Report
from govstats.pipeline import Read
from govstats.renderers.json import array

_BINARY = ("xlsx", "parquet")
_FORMATS = ("table", "json", "jsonl", "csv", *_BINARY)


@click.command(cls=Command, help=Text("显示读到的表，不作判断。", "Show what was read, without a verdict."))
@paths_argument
@option("--format", "format_", type=click.Choice(_FORMATS), help=Text("输出格式", "output format"))
@output_option
@manner_options
@lang_option
def show(paths: Paths, samples: bool, format_: str | None, output: Path | None, manner: Manner) -> int:
    """Print what was read; 2 if something could not be read."""
    found = planned(paths, samples)
    unread: list[Unread] = []
    chosen = format_ or _format_for(output)
    with (
        _writing(chosen, output, unread) as write,
        Interruption() as interruption,
        manner.reading(found.sources, interruption) as run,
    ):
        write(_failures_told(interruption.guard(run.reads()), unread))
    return 2 if unread or interruption.happened else 0


@contextmanager
def _writing(chosen: str, output: Path | None, unread: list[Unread]) -> Iterator[Callable[[Iterable[Read]], None]]:
    """What writes the reads. Raises UsageError before anything is read, if the output cannot be written."""
    if chosen in _BINARY:
        target = _named(output, chosen)
        yield lambda told: _save(told, unread, chosen, target)
        return
    with opened(output, for_machines=chosen != "table") as stream:
        if output is not None and chosen == "csv":
            stream.write("\ufeff")
        yield lambda told: _write(_RENDERERS[chosen](told, look(output)), stream)


def _write(chunks: Iterable[str], stream: TextIO) -> None:
    for chunk in chunks:
        stream.write(chunk)
    stream.flush()


def _save(told: Iterable[Read], unread: list[Unread], chosen: str, output: Path) -> None:
    from govstats.panels.longfiles import BINARY

    BINARY[chosen]((each for each in told if isinstance(each, Report)), unread, output)


def _named(output: Path | None, chosen: str) -> Path:
    """The file for a format that is no text. Raises UsageError if none is named."""
    if output is None:
        raise UsageError(
            Text(f"{chosen} 不能显示在屏幕上。", f"{chosen} cannot be shown on a screen."),
            Text(f"请加 -o 文件.{chosen}。", f"Add -o FILE.{chosen}."),
        )
    return output


def _format_for(output: Path | None) -> str:
    suffix = output.suffix.lower().removeprefix(".") if output else ""
    return suffix if suffix in _FORMATS else "table"


def _failures_told(reads: Iterable[Read], unread: list[Unread]) -> Iterator[Read]:
    """The reads; those that failed are also told on standard error."""
    for each in reads:
        if isinstance(each, Unread):
            unread.append(each)
            click.echo(unbroken(f"{each.path}: {each.error.text()}"), err=True)
        yield each


def _table(reads: Iterable[Read], look: Look) -> Iterator[str]:
    for each in reads:
        if isinstance(each, Report):
            yield report_text(each, look)


def _json(reads: Iterable[Read], look: Look) -> Iterator[str]:
    return array(map(_object, reads))


def _jsonl(reads: Iterable[Read], look: Look) -> Iterator[str]:
    for each in reads:
        yield json.dumps(_object(each), ensure_ascii=False, allow_nan=False) + "\n"


def _object(each: Read) -> dict[str, Any]:
    told = each.to_dict()
    told.pop("findings", None)
    return told


def _csv(reads: Iterable[Read], look: Look) -> Iterator[str]:
    from govstats.frames.longtable import LONG_TABLE, long_frame

    header = True
    for each in reads:
        if isinstance(each, Report):
            frame = long_frame([each])
            for column in LONG_TABLE:
                if column.dtype == "object":
                    frame[column.name] = frame[column.name].map(csv_safe, na_action="ignore")
            yield frame.to_csv(index=False, header=header, lineterminator="\n")
            header = False


_RENDERERS = {"table": _table, "json": _json, "jsonl": _jsonl, "csv": _csv}
