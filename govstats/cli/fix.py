"""`govstats fix`: a sheet of proposals beside the published figures, and on demand corrected copies."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

import click

from govstats.api import check
from govstats.cli.common import Command, Interruption, lang_option, output_option
from govstats.cli.helping import option
from govstats.cli.inputs import Paths, paths_argument, planned
from govstats.cli.running import Manner, manner_options
from govstats.correction.copy import corrected, left_over
from govstats.correction.sheet import SHEETS, Sheet
from govstats.correction.targets import DEFAULT, Targets, refuse_sources
from govstats.correction.writers import names
from govstats.display.untrusted import unbroken
from govstats.errors import UsageError
from govstats.lang import Text
from govstats.model.audits import Audited, Entry, Unread
from govstats.model.wording import FILE_NOT_READ
from govstats.sources.wholefile import whole_file

_WRITTEN = Text("{target}：改了 {n} 格，再读无错误。", "{target}: {n} cells changed; read again, it has no error.")
_LEFT = Text(
    "{target}：改了 {n} 格，还有 {errors} 个错误须人工核对，见建议表。",
    "{target}: {n} cells changed; {errors} errors are left for a person, see the sheet.",
)
_NOTHING = Text(
    "{n} 份报告没有唯一的改法，没有另写改正稿。", "{n} reports have nothing that is certain; no copy was written."
)
_STOPPED = Text("已中断：只检查了 {n} 份。", "Interrupted: only {n} reports were checked.")


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
    help=Text("另写改正稿，只改唯一的", "also write corrected copies, with what is certain only"),
)
@option(
    "--format",
    "format_",
    type=click.Choice(names()),
    help=Text(f"改正稿的格式（默认 {DEFAULT}）", f"format of the copies (default: {DEFAULT})"),
)
@manner_options
@lang_option
def fix(
    paths: Paths,
    samples: bool,
    output: Path | None,
    apply_: str | None,
    format_: str | None,
    manner: Manner,
) -> int:
    """Write the sheet and the copies; 2 if something could not be read."""
    suffix = _suffix(output)
    found = planned(paths, samples)
    targets = _targets(apply_, format_)
    single = targets.path if targets and targets.single else None
    _refuse(output, single, [source.place for source in found.sources])
    sheet, applying = Sheet(), _Applying(targets)
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


def _targets(apply_: str | None, format_: str | None) -> Targets | None:
    if apply_:
        return Targets.of(apply_, format_)
    if format_:
        raise UsageError(
            Text("--format 是改正稿的格式，要和 --apply 一起用。", "--format is for the copies: use it with --apply."),
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


class _Applying:
    """Writes a copy of each report that has something certain to change, and tells what came of it."""

    def __init__(self, targets: Targets | None) -> None:
        self._targets = targets
        self._unchanged = 0

    def take(self, entry: Entry) -> None:
        """Write the copy of one report, if it gets one."""
        if isinstance(entry, Unread):
            click.echo(unbroken(str(FILE_NOT_READ.format(path=entry.path, reason=entry.error.text()))), err=True)
        elif self._targets and entry.findings:
            self._apply(entry, self._targets)

    def _apply(self, entry: Audited, targets: Targets) -> None:
        copy = corrected(entry)
        if not copy.changes:
            self._unchanged += 1
            return
        target, content = targets.write(copy, entry.report.path)
        again = sum(finding.severity == "error" for finding in check(content).findings)
        errors = max(again, left_over(entry))
        told = _LEFT if errors else _WRITTEN
        click.echo(told.format(target=target, n=copy.changes, errors=errors), err=True)

    def tell(self) -> None:
        """Say for how many reports no copy was written."""
        if self._unchanged:
            click.echo(_NOTHING.format(n=self._unchanged), err=True)


def _put(output: Path | None, content: bytes) -> None:
    """The sheet to its file, or to standard output."""
    if output is None:
        sys.stdout.write(content.decode())
        return
    with whole_file(output) as file:
        file.write(content)
