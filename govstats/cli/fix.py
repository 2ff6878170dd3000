"""`govstats fix`: a sheet of proposals beside the published figures, and on demand corrected copies."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain, islice
from pathlib import Path

import click

from govstats.cli.applying import Applying
from govstats.cli.common import Command, Interruption, lang_option, output_option
from govstats.cli.helping import option
from govstats.cli.inputs import Paths, paths_argument, planned
from govstats.cli.running import Manner, manner_options
from govstats.correction.applying import Wanted
from govstats.correction.sheet import SHEETS, Sheet
from govstats.correction.targets import Targets, refuse_sources
from govstats.correction.writers import names
from govstats.errors import UsageError
from govstats.lang import Text
from govstats.model.audits import Entry
from govstats.sources.again import Again
from govstats.sources.wholefile import whole_file

_STOPPED = Text("已中断：只核对了 {n} 份。", "Interrupted: only {n} reports were checked.")


@click.command(
    cls=Command,
    help=Text(
        "建议表：每一处问题原来印什么、应为什么、有多大把握；原文件不动。",
        "A sheet of proposed corrections; the source is never touched.",
    ),
)
@paths_argument
@output_option
@option(
    "--apply",
    "apply_",
    metavar="FILE|FOLDER",
    help=Text(
        "另写改正稿：原来的文件，只改唯一的",
        "also write corrected copies: the document itself, only what is certain",
    ),
)
@option(
    "--comments",
    "comments_only",
    is_flag=True,
    help=Text("改正稿里只加批注，不改数", "comments only: no figure of the copies is changed"),
)
@option(
    "--convert",
    is_flag=True,
    help=Text(".doc .xls .wps .pdf 先转换再改（要装办公软件）", "convert .doc .xls .wps .pdf first (with LibreOffice)"),
)
@option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help=Text("修订和批注写哪一天（默认现在）", "the day of changes and comments (default: now)"),
)
@option(
    "--format",
    "format_",
    type=click.Choice(names()),
    help=Text(
        "不改原来的文件，只出官方格式的附表（不给就改原来的文件）",
        "tables in the official layout only (default: the document itself)",
    ),
)
@manner_options
@lang_option
def fix(
    paths: Paths,
    samples: bool,
    output: Path | None,
    apply_: str | None,
    format_: str | None,
    comments_only: bool,
    convert: bool,
    day: datetime | None,
    manner: Manner,
) -> int:
    """Write the sheet and the copies; 2 if something could not be read."""
    suffix = _suffix(output)
    wanted = Wanted(comments_only, convert, day.date() if day else None)
    targets = _targets(apply_, format_, wanted)
    found = planned(paths, samples)
    single = targets.path if targets and targets.single else None
    _refuse(output, single, [source.place for source in found.sources])
    sheet, applying = Sheet(), Applying(targets, wanted, Again(found.sources))
    with Interruption() as interruption, manner.reading(found.sources, interruption) as run:
        results = interruption.guard(run.entries())
        for entry in _only_one(results) if single else results:
            sheet.add(entry)
            applying.take(entry)
    applying.tell()
    _put(output, SHEETS[suffix](sheet))
    if interruption.happened:
        click.echo(_STOPPED.format(n=sheet.tally.reports), err=True)
    return 2 if sheet.unread or interruption.happened else 0


def _suffix(output: Path | None) -> str:
    """The kind of sheet that the file's ending names; Markdown without a file."""
    suffix = output.suffix.lower() if output else ".md"
    if suffix not in SHEETS:
        known = " ".join(SHEETS)
        raise UsageError(
            Text(
                f"建议表不能写成 {suffix or '没有后缀的'} 文件。", f"The sheet cannot be a {suffix or 'nameless'} file."
            ),
            Text(f"可用的后缀：{known}。", f"Endings: {known}."),
        )
    return suffix


def _targets(apply_: str | None, format_: str | None, wanted: Wanted) -> Targets | None:
    if format_ and wanted.comments_only:
        raise UsageError(
            Text("附表里没有批注稿：--format 和 --comments 只能用一个。", "Either --format or --comments, not both.")
        )
    if apply_:
        return Targets.of(apply_, format_)
    if format_ or wanted != Wanted():
        raise UsageError(
            Text(
                "--format、--comments、--convert、--date 说的是改正稿，要和 --apply 一起用。",
                "--format, --comments, --convert, --date are for the copies: use them with --apply.",
            ),
            Text("建议表的格式由 -o 的后缀决定。", "The ending of -o chooses the kind of the sheet."),
        )
    return None


def _refuse(output: Path | None, single: Path | None, sources: list[str]) -> None:
    """Raises UsageError before any work is done, where a file to write is a source, or cannot be written."""
    for target in (each for each in (output, single) if each):
        refuse_sources(target, sources)
        if not target.resolve().parent.is_dir():
            raise UsageError(Text(f"没有文件夹 {target.parent}。", f"There is no folder {target.parent}."))
    if output and single and output.resolve() == single.resolve():
        raise UsageError(Text(f"建议表和改正稿不能是同一个文件 {output}。", f"Sheet and copy cannot both be {output}."))


def _only_one(results: Iterator[Entry]) -> Iterable[Entry]:
    """The entries, if they are one. Raises UsageError before anything is written for more."""
    first = list(islice(results, 2))
    if len(first) > 1:
        raise UsageError(
            Text("有多份报告，改正稿不能写进一个文件。", "Several reports do not go into one corrected copy."),
            Text("请给 --apply 一个文件夹，如 --apply 改正稿/。", "Name a folder, as in --apply copies/."),
        )
    return chain(first, results)


def _put(output: Path | None, content: bytes) -> None:
    """The sheet to its file, or to standard output."""
    if output is None:
        sys.stdout.write(content.decode())
        return
    with whole_file(output) as file:
        file.write(content)
