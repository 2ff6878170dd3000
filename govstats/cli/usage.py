"""What is wrong with a command line, in the language in force: click says it in English only."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from govstats.cli.helping import called
from govstats.errors import near
from govstats.lang import Text, joined

_USAGE = Text("用法不对：{what}（{help}）", "Usage: {what} ({help})")
_NO_COMMAND = Text("没有命令“{name}”。", "There is no command “{name}”.")
_NO_OPTION = Text("没有选项 {name}。", "There is no option {name}.")
_VALUE = Text("{name} 的值“{value}”不对：", "“{value}” is no value of {name}: ")
_CHOICES = Text("可选 {choices}。", "choose of {choices}.")
_WHOLE = Text("应为不小于 {least} 的整数。", "it takes a whole number from {least} on.")
_BETWEEN = Text("应为 {least} 到 {most} 的整数。", "it takes a whole number from {least} to {most}.")
_NO_FILE = Text("没有这个文件或文件夹。", "there is no such file or folder.")
_MISSING = Text("缺少“{name}”。", "{name} is missing.")
_UNEXPECTED = Text("参数太多。", "There are too many arguments.")


def no_command(name: str, known: Sequence[str], context: click.Context) -> click.UsageError:
    """The error of a command that there is not."""
    return click.UsageError(str(_with_hint(_NO_COMMAND.format(name=name), name, known)), context)


def usage_text(error: click.UsageError) -> Text:
    """The whole message, with where to look it up."""
    path = error.ctx.command_path if error.ctx else "govstats"
    return _USAGE.format(what=_what(error), help=f"{path} --help")


def _what(error: click.UsageError) -> Text:
    match error:
        case click.NoSuchOption():
            options = [name for each in error.ctx.command.params for name in each.opts] if error.ctx else []
            return _with_hint(_NO_OPTION.format(name=error.option_name), error.option_name, options)
        case click.MissingParameter() if error.param:
            return _MISSING.format(name=_name(error.param))
        case click.BadParameter() if error.param:
            return _bad_value(error, error.param)
    told = error.format_message()
    return _UNEXPECTED if told.startswith("Got unexpected extra") else Text(told, told)


def _bad_value(error: click.BadParameter, param: click.Parameter) -> Text:
    value = _given(error, param)
    head = _VALUE.format(name=_name(param), value=value)
    match param.type:
        case click.Choice():
            choices = [str(choice) for choice in param.type.choices]
            what = _with_hint(_CHOICES.format(choices=joined(choices)), value, choices)
        case click.IntRange():
            least, most = param.type.min or 0, param.type.max
            what = _WHOLE.format(least=least) if most is None else _BETWEEN.format(least=least, most=most)
        case click.Path() if not os.path.exists(value):  # noqa: PTH110 - False for a name that no system takes
            what = _NO_FILE
        case _:
            what = Text(error.message, error.message)
    return Text(head.zh + what.zh, head.en + what.en)


def _given(error: click.BadParameter, param: click.Parameter) -> str:
    """The value as it was typed: click quotes it in its message and nowhere else."""
    parts = error.message.split("'")
    return parts[1] if len(parts) > 2 else error.message.split()[0]


def _name(param: click.Parameter) -> str:
    return param.opts[-1] if isinstance(param, click.Option) else called(param.human_readable_name)


def _with_hint(told: Text, name: str, known: Sequence[str]) -> Text:
    hint = near(name, known)
    return Text(f"{told.zh}{hint.zh}", f"{told.en} {hint.en}") if hint else told
