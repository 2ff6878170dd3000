"""Options of `check` for pipelines: the configuration, the baseline, and which format is written where."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from govstats.cli.helping import option
from govstats.cli.usage import NAME_FORMAT, no_format
from govstats.errors import UsageError
from govstats.lang import Text, joined
from govstats.policy.baseline import Baseline
from govstats.policy.config import AUTO, Configuration
from govstats.policy.policy import Policy
from govstats.renderers import renderers

_SHRUNK = Text(
    "基线 {path}：{n} 个已改正，删去；还有 {left} 个。", "Baseline {path}: {n} are mended and dropped; {left} are left."
)
_WRITTEN = Text("基线 {path}：写入 {left} 个问题。", "Baseline {path}: {left} findings written.")
_NOT_SHRUNK = Text("基线没有缩小：{reason}", "The baseline was not shrunk: {reason}")
_EITHER = Text("--baseline 和 --write-baseline 只能用一个。", "Either --baseline or --write-baseline, not both.")

_ALSO = {".sarif.json": "sarif"}
"""Endings of files that are known besides the formats' own."""


def pipeline_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--baseline`, `--write-baseline`."""
    file = click.Path(dir_okay=False, path_type=Path)
    for each in (
        option(
            "--write-baseline",
            type=file,
            metavar="FILE",
            help=Text("把现有问题记入基线", "write a baseline of what is found now"),
        ),
        option(
            "--baseline",
            type=file,
            metavar="FILE",
            help=Text("基线里的问题不再算", "a baseline: what it knows does not count"),
        ),
    ):
        function = each(function)
    return function


def baseline_of(given: Path | None, written: Path | None, chosen: Configuration, policy: Policy) -> Baseline | None:
    """The baseline of a run: of the command, else of the settings. Raises UsageError."""
    if given and written:
        raise UsageError(_EITHER)
    path = written or given or chosen.baseline_path
    return Baseline(path, policy.looks_at, writes=bool(written)) if path else None


def close(baseline: Baseline) -> None:
    """Write what changed, and tell it on standard error. A baseline that cannot be shrunk does not spoil the run."""
    try:
        left, before = baseline.close()
    except UsageError as error:
        if baseline.writes:
            raise
        click.echo(_NOT_SHRUNK.format(reason=error.text()), err=True)
        return
    if baseline.writes:
        click.echo(_WRITTEN.format(path=baseline.path, left=left), err=True)
    elif left < before:
        click.echo(_SHRUNK.format(path=baseline.path, n=before - left, left=left), err=True)


def format_names() -> list[str]:
    """What `--format` takes."""
    return [*sorted(renderers()), AUTO]


def format_of(given: str | None, output: Path | None, chosen: Configuration) -> str:
    """The format: as given, else as the file's ending says, else of the settings, else `text`.

    `auto` is `github` inside GitHub Actions, else `text`. Raises UsageError for an ending that names none, or several.
    """
    name = given or _format_for(output) or chosen.format or "text"
    if name == AUTO:
        return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"
    return name


def _format_for(output: Path | None) -> str | None:
    """The format that a file's ending names; None without an ending."""
    suffix = output.suffix.lower() if output else ""
    if output is None or not suffix:
        return None
    for ending, name in _ALSO.items():
        if output.name.lower().endswith(ending):
            return name
    named = ["text"] if suffix in {".txt", ".log"} else [n for n, each in renderers().items() if suffix == each.SUFFIX]
    if len(named) == 1:
        return named[0]
    if not named:
        raise no_format(suffix, [".txt", ".log", *filter(None, (each.SUFFIX for each in renderers().values()))])
    listed = joined(named)
    raise UsageError(Text(f"{suffix} 文件可以是 {listed.zh}。", f"{suffix} files may be {listed.en}."), NAME_FORMAT)
