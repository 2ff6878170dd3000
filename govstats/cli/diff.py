"""`govstats diff OLD NEW`: what differs between two versions, or two years, of one report."""

from __future__ import annotations

from pathlib import Path

import click

from govstats.api import read
from govstats.cli.common import Command, lang_option, look, opened, output_option
from govstats.comparison.difference import Difference
from govstats.display.differences import FORMATS

_SUFFIXES = {".json": "json", ".html": "html", ".htm": "html"}


@click.command(cls=Command, help="两份报告（两个版本或两个年度）有什么不同。 What differs between two reports.")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--format", "format_", type=click.Choice([*FORMATS]), help="输出格式 output format")
@output_option
@lang_option
def diff(old: str, new: str, format_: str | None, output: Path | None) -> int:
    """Print cells, rows, columns and sentences that differ; 0 whether there are any or not."""
    chosen = format_ or (_SUFFIXES.get(output.suffix.lower(), "text") if output else "text")
    found = Difference.of(read(old), read(new))
    with opened(output, for_machines=chosen != "text") as stream:
        for chunk in FORMATS[chosen](found, look(output)):
            stream.write(chunk)
        stream.flush()
    return 0
