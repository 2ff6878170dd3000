"""`govstats panel`: many reports as one long table, in Parquet, DuckDB or CSV."""

from __future__ import annotations

from pathlib import Path

import click

from govstats.cli.common import Command, Interruption, lang_option
from govstats.cli.helping import option
from govstats.cli.inputs import Paths, paths_argument, planned
from govstats.cli.running import Manner, manner_options
from govstats.correction.targets import refuse_sources
from govstats.display.untrusted import unbroken
from govstats.errors import UsageError
from govstats.lang import Text
from govstats.model.audits import Unread
from govstats.model.wording import FILE_NOT_READ
from govstats.panels.files import files_of, kind_of, saved
from govstats.panels.stream import Told, batches

_WRITTEN = Text("{target}：{reports} 份报告，{cells} 格。", "{target}: {reports} reports, {cells} cells.")
_BARE = Text(
    "其中 {n} 份没有认出附表，只列在 reports 表里。",
    "{n} of them have no known table and are only in the table `reports`.",
)
_MISSED = Text(
    "{n} 个文件没有读成，不在面板里，列在 reports 表里。",
    "{n} documents could not be read: they are not in the panel, and listed in the table `reports`.",
)
_STOPPED = Text("已中断，没有写 {target}。", "Interrupted, {target} was not written.")


@click.command(
    cls=Command,
    help=Text(
        "面板：许多报告写成一张长表，一格一行（.parquet、.duckdb、.csv，或一年一个 Parquet 的文件夹）。",
        "Many reports as one long table, a cell a row: .parquet, .duckdb, .csv, or a folder of one Parquet a year.",
    ),
)
@paths_argument
@option(
    "-o",
    "--output",
    metavar="FILE|FOLDER",
    help=Text(
        "写到哪里：panel.parquet、.duckdb、.csv，或 panel/", "where to write: panel.parquet, .duckdb, .csv, or panel/"
    ),
)
@option(
    "--harmonised", is_flag=True, help=Text("另写跨格式可比的序列", "also the series that can be compared across forms")
)
@option(
    "--derived",
    is_flag=True,
    help=Text(
        "空白格按勾稽关系只能是一个数的，用这个数", "a blank holds the one figure that the relations leave to it"
    ),
)
@manner_options
@lang_option
def panel(paths: Paths, samples: bool, output: str | None, harmonised: bool, derived: bool, manner: Manner) -> int:
    """Write the panel; 2 if something could not be read, or if it was interrupted."""
    target, kind = _target(output)
    found = planned(paths, samples)
    for file in files_of(target, kind):
        refuse_sources(file, [source.place for source in found.sources])
    told = Told()
    try:
        with (
            saved(target, kind) as files,
            Interruption() as interruption,
            manner.reading(found.sources, interruption) as run,
        ):
            if interruption.happened:
                raise KeyboardInterrupt
            given = {"harmonised": harmonised, "derived": derived}
            for table, batch in batches(interruption.guard(run.reads()), told, **given, tell=_tell):
                files.write(table, batch)
            if interruption.happened:
                raise KeyboardInterrupt
    except KeyboardInterrupt:
        click.echo(_STOPPED.format(target=target), err=True)
        return 2
    click.echo(_WRITTEN.format(target=target, reports=told.reports, cells=told.cells), err=True)
    for told_of, n in ((_BARE, told.without_tables), (_MISSED, told.unread)):
        if n:
            click.echo(told_of.format(n=n), err=True)
    return 2 if told.unread else 0


def _target(output: str | None) -> tuple[Path, str]:
    """Where to write, and which kind. Raises UsageError before any work is done."""
    if not output:
        raise UsageError(
            Text("没有说写到哪里。", "Nothing says where to write."),
            Text(
                "请加 -o 面板.parquet（或 .duckdb .csv，或文件夹）。",
                "Add -o panel.parquet (or .duckdb, .csv, a folder).",
            ),
        )
    target, kind = Path(output), kind_of(output)
    if not target.resolve().parent.is_dir():
        raise UsageError(Text(f"没有文件夹 {target.parent}。", f"There is no folder {target.parent}."))
    return target, kind


def _tell(unread: Unread) -> None:
    told = FILE_NOT_READ.format(path=unread.path, reason=unread.error.text())
    click.echo(unbroken(str(told)), err=True)
