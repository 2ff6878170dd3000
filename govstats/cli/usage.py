"""What is wrong with a command line, in the language in force: click says it in English only."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

import click

from govstats.cli.helping import called
from govstats.errors import UsageError, near, near_and
from govstats.lang import Text, joined

_USAGE = Text("用法不对：{what}（{help}）", "Usage: {what} ({help})")
_NO_COMMAND = Text("没有命令“{name}”。", "There is no command “{name}”.")
_NO_OPTION = Text("没有选项 {name}。", "There is no option {name}.")
_BEHIND = Text("它写在命令后面：{command} 命令 选项。", "It comes behind the command: {command} COMMAND OPTIONS.")
_VALUE = Text("{name} 的值“{value}”不对：", "“{value}” is no value of {name}: ")
_CHOICES = Text("可选 {choices}。", "choose of {choices}.")
_WHOLE = Text("应为不小于 {least} 的整数。", "it takes a whole number from {least} on.")
_BETWEEN = Text("应为 {least} 到 {most} 的整数。", "it takes a whole number from {least} to {most}.")
_NO_FILE = Text("没有这个文件或文件夹。", "there is no such file or folder.")
_MISSING = Text("缺少“{name}”。", "{name} is missing.")
NAME_FORMAT = Text("请用 --format 指明。", "Name one with --format.")
_UNEXPECTED = Text("参数太多。", "There are too many arguments.")


def no_format(suffix: str, known: Iterable[str]) -> UsageError:
    """The error of an output whose ending names no format. `known`: endings that do."""
    told = Text(f"不知道 {suffix} 文件用哪种格式。", f"No format writes {suffix} files.")
    return UsageError(told, near_and(suffix, known, NAME_FORMAT))


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
            return _no_option(error.option_name, error.ctx)
        case click.MissingParameter() if error.param:
            return _MISSING.format(name=_name(error.param))
        case click.BadParameter() if error.param:
            return _bad_value(error, error.param)
    told = error.format_message()
    return _UNEXPECTED if told.startswith("Got unexpected extra") else Text(told, told)


def _no_option(name: str, context: click.Context | None) -> Text:
    told = _NO_OPTION.format(name=name)
    if context is None:
        return told
    of_commands = _options_of_commands(context)
    if near(name, of_commands) and not near(name, _options(context.command)):
        return _joined(_with_hint(told, name, of_commands), _BEHIND.format(command=context.command_path))
    return _with_hint(told, name, _options(context.command))


def _options(command: click.Command) -> list[str]:
    return [name for each in command.params for name in each.opts if name.startswith("-")]


def _options_of_commands(context: click.Context) -> list[str]:
    """Options that do not stand before a command, but behind it."""
    group = context.command
    if not isinstance(group, click.Group):
        return []
    commands = filter(None, (group.get_command(context, name) for name in group.list_commands(context)))
    return [name for each in commands for name in _options(each)]


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
    return _joined(told, hint) if hint else told


def _joined(one: Text, other: Text) -> Text:
    return Text(f"{one.zh}{other.zh}", f"{one.en} {other.en}")
