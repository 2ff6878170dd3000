"""Arguments in, exit code out: 0 nothing found, 1 findings, 2 the tool could not do its job."""

from __future__ import annotations

import gc
import os
import signal
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from importlib import import_module
from typing import cast

import click

from govstats.cli.helping import Described, Option, asked
from govstats.cli.usage import no_command, usage_text
from govstats.errors import reason
from govstats.lang import Text, speaking

EXIT_TROUBLE = 2

_COULD_NOT = Text("没能完成：{reason}。", "Could not be done: {reason}.")
_NO_MEMORY = Text("没能完成：内存不够。", "Could not be done: there is not enough memory.")
_UNFORESEEN = Text(
    "出了没有料到的错（{told}，{where}）。这是 govstats 的错，请报告。",
    "An unexpected error ({told}, {where}). This is a fault of govstats, please report it.",
)
_INTERRUPTED = Text("已中断。", "Interrupted.")


_COMMANDS = {
    "check": "check",
    "show": "show",
    "fix": "fix",
    "diff": "diff",
    "panel": "panel",
    "indicators": "indicators",
    "serve": "serve",
    "rules": "catalogue",
    "formats": "catalogue",
    "schema": "catalogue",
    "doctor": "doctor",
    "completion": "completion",
}
"""Command → its module here. Each is loaded when it is called: a start costs what it needs and no more."""


class _Commands(Described, click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise no_command(args[0], list(_COMMANDS), ctx)
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = f"{__name__}.{_COMMANDS[cmd_name]}"
        with nullcontext() if module in sys.modules else _nothing_collected():
            return cast(click.Command, getattr(import_module(module), cmd_name))


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """What is loaded stays: no looking for garbage among it, neither now nor later."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collects:
            gc.enable()


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=Text("核对政府信息公开工作年度报告的附表。", "Audit the tables of annual reports on information disclosure."),
    epilog=Text(
        "退出码：0 没有问题 · 1 有问题 · 2 没能完成",
        "Exit codes: 0 nothing found · 1 findings · 2 could not do its job",
    ),
)
@click.version_option(
    package_name="govstats", prog_name="govstats", cls=Option, help=Text("显示版本。", "Show the version.")
)
def cli() -> None:
    """The command line of govstats."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit."""
    if arguments is None:  # the process is ours
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # else each distribution is searched for them
    _never_fail_on_a_character()
    _end_well_when_told_to()
    with speaking(asked(sys.argv[1:] if arguments is None else arguments)):
        code = _run(arguments)
    sys.exit(code if _all_is_out() else EXIT_TROUBLE)


def _run(arguments: Sequence[str] | None) -> int:
    try:
        code = cli.main(arguments, prog_name="govstats", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.UsageError as error:
        _tell(usage_text(error))
    except click.ClickException as error:
        _tell(error.format_message())
    except (KeyboardInterrupt, click.Abort):
        _tell(_INTERRUPTED)
    except SystemExit as ended:  # completion is done; or, with 1, the code of findings, nobody listens any more
        return EXIT_TROUBLE if ended.code else 0
    except BrokenPipeError:
        pass
    except OSError as error:
        _tell(_COULD_NOT.format(reason=_reason(error)))
    except MemoryError:
        _tell(_NO_MEMORY)
    except Exception as error:
        _tell(_UNFORESEEN.format(told=" ".join(f"{type(error).__name__}: {error}".split()), where=_where(error)))
    return EXIT_TROUBLE


def _tell(message: Text | str) -> None:
    """One line on standard error, if there is one that takes it."""
    with suppress(OSError, ValueError):
        click.echo(message, err=True)


def _reason(error: OSError) -> Text:
    why, name = reason(error), "" if error.filename is None else f" {error.filename!r}"
    return Text(f"{why.zh}{name}", f"{why.en}{name}")


def _where(error: BaseException) -> str:
    """The last place that the error came through."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{os.path.basename(frame.filename)}:{frame.lineno}"  # noqa: PTH119


def _all_is_out() -> bool:
    """Whether all that was printed has gone out. What has not is let go: Python would stumble over it at its end."""
    whole = True
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            setattr(sys, name, None)
            setattr(sys, f"__{name}__", None)
            whole = False
    return whole


def _end_well_when_told_to() -> None:
    """A polite request to end (SIGTERM, a closed terminal) ends like Ctrl-C: nothing half-written stays."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _interrupt)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _never_fail_on_a_character() -> None:
    """A console whose code page lacks a character shows `?` in its place instead of a traceback."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
