"""`govstats indicators`: the ratios of many reports, with their intervals, each or in groups."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from govstats.cli.common import Command, Interruption, lang_option, look, opened, output_option
from govstats.cli.helping import option
from govstats.cli.inputs import Paths, paths_argument, planned
from govstats.cli.running import Manner, manner_options
from govstats.correction.targets import refuse_sources
from govstats.display.untrusted import unbroken
from govstats.errors import UsageError
from govstats.lang import Text
from govstats.model.audits import Unread
from govstats.model.wording import FILE_NOT_READ
from govstats.panels.stream import Told, batches
from govstats.ratios.figures import Parts, joined, parts
from govstats.ratios.grouping import GROUPS, grouped
from govstats.ratios.writing import FORMATS, excel_file, rendered

_BARE = Text("{n} 份没有认出附表，没有算在内。", "{n} of them have no known table and are not counted.")
_OVERLAP = Text(
    "有的组把政府的报告和它可能汇总在内的报告加在一起（overlap）；请同时按 level、body 分组。",
    "Some groups add a government's report to those that it may hold (overlap): group by level and body too.",
)
_FILE_ONLY = Text("xlsx 不能显示在屏幕上。", "xlsx cannot be shown on a screen.")


@click.command(
    cls=Command,
    help=Text(
        "指标：公开率、纠错率等比率和区间，每份报告的，或分组的。",
        "Ratios with their intervals, of each report or of groups.",
    ),
)
@paths_argument
@option(
    "--by",
    multiple=True,
    type=click.Choice(GROUPS),
    help=Text("分组，可以给几次；先求和，再相除", "group, may be given several times: sums come before ratios"),
)
@option("--format", "format_", type=click.Choice(FORMATS), help=Text("输出格式", "output format"))
@output_option
@manner_options
@lang_option
def indicators(
    paths: Paths, samples: bool, by: tuple[str, ...], format_: str | None, output: Path | None, manner: Manner
) -> int:
    """Print the indicators; 2 if something could not be read."""
    chosen = format_ or _format_for(output)
    if chosen == "xlsx" and output is None:
        raise UsageError(_FILE_ONLY, Text("请加 -o 指标.xlsx。", "Add -o indicators.xlsx."))
    found = planned(paths, samples)
    if output is not None:
        refuse_sources(output, [source.place for source in found.sources])
    told = Told()
    with Interruption() as interruption, manner.reading(found.sources, interruption) as run:
        frames = (
            batch.to_pandas()
            for name, batch in batches(interruption.guard(run.reads()), told, tell=_tell)
            if name == "panel"
        )
        made = joined(_each(frames))
        if interruption.happened:
            raise KeyboardInterrupt
    frame = grouped(made, by)
    for message, n in ((_BARE, told.without_tables), (_OVERLAP, int(frame["overlap"].sum()))):
        if n:
            click.echo(message.format(n=n), err=True)
    if chosen == "xlsx" and output is not None:
        excel_file(frame, output)
    else:
        with opened(output, for_machines=chosen != "text") as stream:
            stream.write(rendered(frame, chosen, look(output), mark=output is not None))
            stream.flush()
    return 2 if told.unread else 0


def _each(frames: Iterator[object]) -> Iterator[Parts]:
    """A batch holds whole reports, so only their sums are kept of it."""
    for frame in frames:
        yield parts(frame)  # type: ignore[arg-type]


def _format_for(output: Path | None) -> str:
    suffix = output.suffix.lower().removeprefix(".") if output else ""
    return suffix if suffix in FORMATS else "text"


def _tell(unread: Unread) -> None:
    told = FILE_NOT_READ.format(path=unread.path, reason=unread.error.text())
    click.echo(unbroken(str(told)), err=True)
