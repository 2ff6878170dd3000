"""What a command is to read: paths, a list of paths, what is left out of them → the plan of its sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Self

import click
from click.shell_completion import CompletionItem

from govstats.catalog import resources
from govstats.cli.helping import option
from govstats.display.untrusted import unbroken
from govstats.errors import UsageError
from govstats.lang import Text
from govstats.policy.config import Configuration, configuration
from govstats.renderers import renderers
from govstats.sources import Plan, plan, without
from govstats.sources.exclusion import Exclusion
from govstats.sources.listed import STANDARD_INPUT, paths_listed

_PASSED_OVER = Text(
    "文件夹里另有 {n} 个不是报告的文件没有读（{kinds}）。", "{n} other files in folders were not read ({kinds})."
)
_NOT_SEARCHED = Text("另有 {n} 个文件夹没有搜索（{kinds}）。", "{n} other folders were not searched ({kinds}).")
_NAMED, _KINDS = 5, 20
"""So many names, or kinds, are told; all are counted."""
_EXCLUDED = Text(
    "按 exclude 没有读 {files} 个文件、{folders} 个文件夹（{names}）。",
    "Excluded and not read: {files} files, {folders} folders ({names}).",
)
_NOTHING_LEFT = Text("没有可读的文件：全都排除了。", "Nothing to read: all was excluded.")
_LOOK_AT_GLOBS = Text(
    "请检查 --exclude，或配置里的 exclude（--isolated 不读配置）。",
    "Check --exclude, or exclude in the configuration (--isolated reads none).",
)


@dataclass(frozen=True, slots=True)
class Paths:
    """What a command is to read: the paths as given and as listed, what is left out of them, the project's settings."""

    named: tuple[str, ...]
    exclusion: Exclusion
    settings: Configuration
    lists: tuple[str, ...] = ()
    """The files that list paths: they are no reports."""

    @classmethod
    def of(
        cls, named: tuple[str, ...], listed_in: str | None, exclude: tuple[str, ...], settings: Configuration
    ) -> Self:
        """As a command line says it; `--exclude` takes the place of the setting. Raises UsageError for lists."""
        if listed_in == STANDARD_INPUT and STANDARD_INPUT in named:
            raise UsageError(
                Text("标准输入不能既是清单又是报告。", "Standard input cannot be both the list and a report.")
            )
        listed = paths_listed(listed_in) if listed_in else []
        if listed_in and not listed:
            raise UsageError(Text(f"清单 {listed_in} 里没有路径。", f"The list {listed_in} names no path."))
        exclusion = Exclusion.of(exclude) if exclude else Exclusion.of(settings.exclude, settings.folder or "")
        lists = (listed_in,) if listed_in and listed_in != STANDARD_INPUT else ()
        return cls((*named, *listed), exclusion, settings, lists)


def paths_argument(function: Callable[..., Any]) -> Callable[..., Any]:
    """`PATH…`, `--from`, `--exclude`, `--config`, `--isolated`, given to the command as its `paths`; `--samples`."""

    @click.argument("paths", nargs=-1, metavar="PATH…", shell_complete=_files)
    @option(
        "--from",
        "listed_in",
        type=click.Path(dir_okay=False, allow_dash=True),
        metavar="FILE",
        help=Text("清单：一行一个路径，- 是标准输入", "a list of paths, one a line; - is standard input"),
    )
    @option(
        "--exclude",
        multiple=True,
        metavar="GLOB",
        help=Text("不读这些文件和文件夹，可写几次", "leave out these files and folders; several times"),
    )
    @option("--samples", is_flag=True, help=Text("也读随附的样例", "read the shipped samples too"))
    @option(
        "--config",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help=Text("配置文件（pyproject.toml、setup.cfg）", "the configuration (pyproject.toml, setup.cfg)"),
    )
    @option("--isolated", is_flag=True, help=Text("不读配置文件", "read no configuration"))
    @wraps(function)
    def with_paths(
        *args: Any,
        paths: tuple[str, ...],
        listed_in: str | None,
        exclude: tuple[str, ...],
        config: Path | None,
        isolated: bool,
        **others: Any,
    ) -> Any:
        settings = configured(config, isolated)
        return function(*args, paths=Paths.of(paths, listed_in, exclude, settings), **others)

    return with_paths


def configured(config: Path | None, isolated: bool) -> Configuration:
    """The settings in force. Raises UsageError for a configuration that is not right."""
    if config and isolated:
        raise UsageError(Text("--config 和 --isolated 只能用一个。", "Either --config or --isolated, not both."))
    return Configuration() if isolated else configuration(file=config, formats=renderers())


def _files(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """What the shell itself knows: files and folders."""
    return [CompletionItem(incomplete, type="file")]


def planned(paths: Paths, samples: bool) -> Plan:
    """The sources of a command. Raises UsageError if none is named or left. Tells what was passed over in folders."""
    named = [*paths.named, *(str(path) for path in resources.samples() if samples)]
    if not named:
        raise UsageError(
            Text("没有指定要读的文件。", "No file named."),
            Text(
                "给出文件、文件夹、网址或 -（标准输入），或用 --samples 试用样例。",
                "Name files, folders, URLs or - (standard input), or try --samples.",
            ),
        )
    found = plan(named, paths.exclusion)
    found.sources = without(found.sources, *paths.lists)
    for told, is_folder in ((_PASSED_OVER, False), (_NOT_SEARCHED, True)):
        counts = Counter({kind: n for kind, n in found.passed_over.items() if kind.endswith("/") == is_folder})
        if counts:
            kinds = " ".join(f"{kind}×{count}" for kind, count in counts.most_common(_KINDS))
            kinds += " …" if len(counts) > _KINDS else ""
            click.echo(unbroken(str(told.format(n=counts.total(), kinds=kinds))), err=True)
    if found.excluded:
        click.echo(unbroken(str(_excluded(found.excluded))), err=True)
        if not found.sources:
            raise UsageError(_NOTHING_LEFT, _LOOK_AT_GLOBS)
    return found


def _excluded(names: list[str]) -> Text:
    """How many files and folders were left out, and the first of them."""
    folders = sum(name.endswith("/") for name in names)
    more = " …" if len(names) > _NAMED else ""
    return _EXCLUDED.format(files=len(names) - folders, folders=folders, names=" ".join(names[:_NAMED]) + more)
