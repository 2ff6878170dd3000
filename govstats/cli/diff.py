"""`govstats diff OLD NEW`: what differs between two versions, or two years, of one report."""

from __future__ import annotations

from pathlib import Path

import click

from govstats.api import read
from govstats.cli.common import Command, lang_option, look, opened, output_option
from govstats.cli.helping import option
from govstats.cli.usage import no_format
from govstats.comparison.difference import Difference
from govstats.display.differences import FORMATS
from govstats.errors import ReadError, UsageError
from govstats.lang import Text
from govstats.model.report import Report

_SUFFIXES = {".json": "json", ".html": "html", ".htm": "html", ".txt": "text", "": "text"}


@click.command(
    cls=Command, help=Text("两份报告（两个版本或两个年度）有什么不同。", "What differs between two reports.")
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@option("--format", "format_", type=click.Choice([*FORMATS]), help=Text("输出格式", "output format"))
@output_option
@lang_option
def diff(old: str, new: str, format_: str | None, output: Path | None) -> int:
    """Print cells, rows, columns and sentences that differ; 0 whether there are any or not."""
    chosen = format_ or _format_of(output)
    found = Difference.of(_read(old), _read(new))
    with opened(output, for_machines=chosen != "text") as stream:
        for chunk in FORMATS[chosen](found, look(output)):
            stream.write(chunk)
        stream.flush()
    return 0


def _format_of(output: Path | None) -> str:
    suffix = output.suffix.lower() if output else ""
    if suffix not in _SUFFIXES:
        raise no_format(suffix, filter(None, _SUFFIXES))
    return _SUFFIXES[suffix]


def _read(path: str) -> Report:
    """The report at a path; of two, an error says which."""
    if Path(path).is_dir():
        raise UsageError(
            Text(f"{path} 是文件夹。", f"{path} is a folder."), Text("请写两份报告的文件名。", "Name two reports.")
        )
    try:
        return read(path)
    except (ReadError, UsageError) as error:
        if path in error.message.zh:
            raise
        message = Text(f"{path}：{error.message.zh}", f"{path}: {error.message.en}")
        raise type(error)(message, error.hint) from error
