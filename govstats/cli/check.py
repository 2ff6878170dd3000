"""`govstats check`: audit files, folders, URLs, standard input."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TextIO

import click

from govstats.catalog.rules import get_rule
from govstats.cli.common import Command, Interruption, lang_option, look, opened, put, refuse_terminal
from govstats.cli.helping import option
from govstats.cli.inputs import Paths, paths_argument, planned
from govstats.cli.pipelineoptions import baseline_of, close, format_names, format_of, pipeline_options
from govstats.cli.running import Manner, manner_options
from govstats.comparison.rosterfiles import rosters_among
from govstats.corpus import roster_of
from govstats.display.grouping import WAYS
from govstats.display.overview import grouped
from govstats.display.triage import Triage
from govstats.display.untrusted import unbroken
from govstats.lang import Text, by_default
from govstats.model.audits import Entry
from govstats.model.finding import SEVERITIES, fails_from
from govstats.model.tally import Tally, summarise
from govstats.policy.policy import Policy
from govstats.renderers import is_binary, is_utf8, render
from govstats.sources import Source, without

_STOPPED = Text("已中断：只核对了 {n} 份。", "Interrupted: only {n} reports were checked.")
_ROSTER_THERE = Text(
    "“{name}”是单位名单，不是报告；要看谁没有报送：加 --roster {name}",
    "“{name}” is a roster and no report; to see who has not filed, add --roster {name}",
)
_WRITTEN = Text("已写入 {path}。{summary}", "{path} is written. {summary}")


@click.command(cls=Command, help=Text("核对报告，列出问题。", "Audit reports and list what is wrong."))
@paths_argument
@option("--format", "format_", type=click.Choice(format_names()), help=Text("输出格式", "output format"))
@option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help=Text(
        "写入文件（UTF-8），可写几次，各按后缀",
        "write to a file (UTF-8); several times, each in the format of its suffix",
    ),
)
@option(
    "--select",
    multiple=True,
    metavar="R,…",
    help=Text("只用这些规则（T304、T、total-row）", "only these rules (T304, T, total-row)"),
)
@option("--ignore", multiple=True, metavar="R,…", help=Text("不用这些规则", "without these rules"))
@option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    help=Text("从哪一级起退出码为 1（默认 error）", "exit with 1 from this severity on (default: error)"),
)
@option(
    "--roster",
    type=click.Path(exists=True, path_type=Path),
    metavar="FILE|FOLDER",
    help=Text(
        "单位名单（units.csv：单位、上级、别名），或以单位命名的文件夹",
        "the units and their parents: a list (units.csv), or a folder with one folder a unit",
    ),
)
@option("--by", type=click.Choice([*WAYS]), help=Text("最后按机关、年度、规则或地区计数", "counts by these at the end"))
@option("-q", "--quiet", is_flag=True, help=Text("只要汇总，不列问题", "the summary alone, without the findings"))
@option("--statistics", is_flag=True, help=Text("最后按规则计数", "counts by rule at the end"))
@pipeline_options
@manner_options
@lang_option
def check(
    paths: Paths,
    samples: bool,
    format_: str | None,
    outputs: tuple[Path, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str | None,
    roster: Path | None,
    by: str | None,
    quiet: bool,
    statistics: bool,
    baseline: Path | None,
    write_baseline: Path | None,
    manner: Manner,
) -> int:
    """Audit, print, and return the exit code."""
    chosen = paths.settings
    roster = roster or chosen.roster_path
    listed = roster_of(roster) if roster else None
    policy = Policy.of(chosen, _codes(select), _codes(ignore))
    known = baseline_of(baseline, write_baseline, chosen, policy)
    failing = fails_from(fail_on or chosen.fail_on or "error")
    wanted = [(output, format_of(format_, output, chosen)) for output in outputs or (None,)]
    found = planned(paths, samples)
    sources = without(found.sources, roster, *outputs, baseline, write_baseline)
    if roster is None:
        _point_to_rosters(sources)
    for output, form in wanted:
        if is_binary(form):
            refuse_terminal(output, form)
    tally, triage = Tally(), Triage()
    with (
        by_default(chosen.lang),
        _all_opened(wanted) as streams,
        Interruption() as interruption,
        manner.by_default(chosen.jobs).reading(sources, interruption) as run,
    ):
        run.compare(None if interruption.happened else listed)
        books = listed is not None and any(is_binary(form) for _, form in wanted) and not interruption.happened
        duties = tuple(run.duties(listed)) if listed and books else ()
        for number, ((output, form), stream) in enumerate(zip(wanted, streams, strict=True)):
            results = policy.apply(interruption.guard(run.entries()))
            compared = known.apply(results, again=number > 0) if known else results
            counted = compared if number else _counted(compared, tally, triage if by else None)
            how = replace(look(output), failing=failing, partial=interruption.happened, brief=quiet, duties=duties)
            for chunk in render(form, counted, how):
                put(stream, chunk)
            stream.flush()
        for output in outputs:
            click.echo(_WRITTEN.format(path=output, summary=summarise(tally)), err=True)
        if known and not interruption.happened:
            close(known)
        if by:
            click.echo(grouped(triage, by, look(None)), nl=False, err=wanted[0][1] not in {"text", "concise"})
        if statistics:
            click.echo(_statistics(tally), nl=False, err=wanted[0][1] not in {"text", "concise"})
        if interruption.happened:
            click.echo(_STOPPED.format(n=tally.reports), err=True)
    return exit_code(tally, failing, interruption.happened)


def _point_to_rosters(sources: list[Source]) -> None:
    """Say which of the files is no report, but a list of who is due."""
    for name in rosters_among(sources):
        click.echo(unbroken(str(_ROSTER_THERE.format(name=name))), err=True)


@contextmanager
def _all_opened(wanted: list[tuple[Path | None, str]]) -> Iterator[list[TextIO]]:
    """A stream for each output, before anything is read. Raises UsageError if one cannot be written."""
    with ExitStack() as files:
        yield [files.enter_context(opened(output, is_utf8(form))) for output, form in wanted]


def exit_code(tally: Tally, failing: Iterable[str], interrupted: bool = False) -> int:
    """2 if the run was cut short; 1 with findings of a failing severity; else 2 if something could not be opened."""
    if interrupted:
        return 2
    if any(tally.severities[severity] for severity in failing):
        return 1
    return 2 if tally.unopened else 0


def _codes(given: tuple[str, ...]) -> list[str]:
    return [code.strip() for each in given for code in each.replace("，", ",").split(",") if code.strip()]


def _counted(results: Iterable[Entry], tally: Tally, triage: Triage | None) -> Iterator[Entry]:
    for entry in results:
        tally.add(entry)
        if triage:
            triage.add(entry)
        yield entry


def _statistics(tally: Tally) -> str:
    lines = (f"{count:6d}  {code}  {get_rule(code).title.text()}\n" for code, count in sorted(tally.rules.items()))
    return "".join(lines)
