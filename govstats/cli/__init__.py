"""Arguments in, exit code out: 0 nothing found, 1 findings, 2 the tool could not do its job."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import cast

import click

from govstats.lang import Text

EXIT_TROUBLE = 2

_USAGE = Text("用法不对：{message}", "Usage: {message}")
_CANNOT_WRITE = Text("写不出结果：{reason}。", "Cannot write the output: {reason}.")
_INTERRUPTED = Text("已中断。", "Interrupted.")


_COMMANDS = {
    "check": "check",
    "show": "show",
    "fix": "fix",
    "diff": "diff",
    "panel": "panel",
    "serve": "serve",
    "rules": "catalogue",
    "formats": "catalogue",
    "schema": "catalogue",
    "doctor": "doctor",
    "completion": "completion",
}
"""Command → its module here. Each is loaded when it is called: a start costs what it needs and no more."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        return cast(click.Command, getattr(import_module(f"{__name__}.{_COMMANDS[cmd_name]}"), cmd_name))


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="核对政府信息公开工作年度报告的附表。 Audit the tables of annual reports on information disclosure.",
    epilog="退出码 exit codes: 0 没有问题 nothing found · 1 有问题 findings · 2 没能完成 could not do its job",
)
@click.version_option(package_name="govstats", prog_name="govstats")
def cli() -> None:
    """The command line of govstats."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit."""
    _never_fail_on_a_character()
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        code = cli.main(arguments, prog_name="govstats", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.UsageError as error:
        command = f"{error.ctx.command_path} --help" if error.ctx else "govstats --help"
        click.echo(f"{_USAGE.format(message=error.format_message())} （{command}）", err=True)
    except click.ClickException as error:
        click.echo(error.format_message(), err=True)
    except (KeyboardInterrupt, click.Abort):
        click.echo(_INTERRUPTED, err=True)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            click.echo(_CANNOT_WRITE.format(reason=error.strerror), err=True)
    return EXIT_TROUBLE


def _never_fail_on_a_character() -> None:
    """A console whose code page lacks a character shows `?` in its place instead of a traceback."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
