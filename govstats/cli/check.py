"""`govstats check`: audit files, folders, URLs, standard input."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from govstats.audits import Entry, Tally
from govstats.cli.common import (
    Command,
    Interruption,
    lang_option,
    look,
    opened,
    output_option,
    paths_argument,
    planned,
)
from govstats.cli.running import Manner, manner_options
from govstats.corpus import roster_of
from govstats.errors import UsageError
from govstats.finding import SEVERITIES
from govstats.lang import Text
from govstats.renderers import render, renderers
from govstats.rules import get_rule
from govstats.selection import Selection

_STOPPED = Text("已中断：只检查了 {n} 份。", "Interrupted: only {n} reports were checked.")


@click.command(cls=Command, help="核对报告，列出问题。 Audit reports and list what is wrong.")
@paths_argument
@click.option("--format", "format_", type=click.Choice(sorted(renderers())), help="输出格式 output format")
@output_option
@click.option("--select", multiple=True, metavar="R,…", help="只用这些规则 only these rules (T304, T, total-row)")
@click.option("--ignore", multiple=True, metavar="R,…", help="不用这些规则 without these rules")
@click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    default="error",
    show_default=True,
    help="从哪一级起退出码为 1 exit with 1 from this severity on",
)
@click.option(
    "--roster",
    type=click.Path(exists=True, path_type=Path),
    metavar="FILE|FOLDER",
    help="单位名册（units.csv：单位、上级、别名），或以单位命名的文件夹 the units and their parents",
)
@click.option("--statistics", is_flag=True, help="最后按规则计数 counts by rule at the end")
@manner_options
@lang_option
def check(
    paths: tuple[str, ...],
    samples: bool,
    format_: str | None,
    output: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    roster: Path | None,
    statistics: bool,
    manner: Manner,
) -> int:
    """Audit, print, and return the exit code."""
    listed = roster_of(roster) if roster else None
    selection = Selection.of(_codes(select), _codes(ignore))
    found = planned(paths, samples)
    sources = [source for source in found.sources if roster is None or Path(source.name) != roster]
    tally, chosen = Tally(), format_ or _format_for(output)
    with (
        opened(output) as stream,
        Interruption() as interruption,
        manner.reading(sources, interruption) as run,
    ):
        run.compare(None if interruption.happened else listed)
        for chunk in render(chosen, _counted(selection.apply(interruption.guard(run.entries())), tally), look(output)):
            stream.write(chunk)
        stream.flush()
    if statistics:
        click.echo(_statistics(tally), nl=False, err=format_ in {"json", "jsonl"})
    if interruption.happened:
        click.echo(_STOPPED.format(n=tally.reports), err=True)
    return exit_code(tally, fail_on, interruption.happened)


def exit_code(tally: Tally, fail_on: str, interrupted: bool = False) -> int:
    """2 if the run was cut short; 1 with findings at or above `fail_on`; else 2 if anything was not read; else 0."""
    if interrupted:
        return 2
    severities = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on in SEVERITIES else ()
    if any(tally.severities[severity] for severity in severities):
        return 1
    return 2 if tally.unread else 0


def _codes(given: tuple[str, ...]) -> list[str]:
    return [code.strip() for each in given for code in each.replace("，", ",").split(",") if code.strip()]


def _format_for(output: Path | None) -> str:
    """The format that the file's ending names; `text` without one. Raises UsageError for an ending that names none."""
    suffix = output.suffix.lower() if output else ""
    if suffix in {"", ".txt", ".log"}:
        return "text"
    for name, renderer in renderers().items():
        if suffix == renderer.SUFFIX:
            return name
    raise UsageError(
        Text(f"不知道 {suffix} 文件用哪种格式。", f"No format writes {suffix} files."),
        Text("请用 --format 指明。", "Name one with --format."),
    )


def _counted(results: Iterable[Entry], tally: Tally) -> Iterator[Entry]:
    for entry in results:
        tally.add(entry)
        yield entry


def _statistics(tally: Tally) -> str:
    lines = (f"{count:6d}  {code}  {get_rule(code).title.text()}\n" for code, count in sorted(tally.rules.items()))
    return "".join(lines)
