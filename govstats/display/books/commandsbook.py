"""The command line → docs/commands.md: every command with its arguments and options, from their own help."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import click

from govstats.display.untrusted import markdown_safe
from govstats.lang import LANGUAGES, speaking

_INTRO = """# 命令 Commands

由 `make schemas` 从命令自己的帮助生成，请勿直接修改。每个命令都有 `--help`；`python -m govstats` 同 `govstats`。

Made by `make schemas` from the commands' own help; do not edit. `python -m govstats` is the same as `govstats`.

退出码 exit codes：**0** 没有问题 nothing found · **1** 有问题 findings · **2** 没能完成 could not do its job
"""
_HEAD = "| 选项 option | 值 value | 意思 meaning |\n|---|---|---|"


def commands_book(group: click.Group) -> str:
    """The page, whatever the language in force."""
    context = click.Context(group, info_name="govstats", **group.context_settings)
    with speaking("zh"):
        parts = [_INTRO.strip()]
        parts += [part for name in group.list_commands(context) for part in _command(group, context, name)]
    return "\n\n".join(parts) + "\n"


def _command(group: click.Group, context: click.Context, name: str) -> Iterator[str]:
    command = group.get_command(context, name)
    if command is None:
        return
    own = click.Context(command, info_name=name, parent=context)
    yield f"## {name}"
    yield f"```text\n{' '.join([own.command_path, *command.collect_usage_pieces(own)])}\n```"
    yield _both(lambda: _help(command.help or ""), "\n\n")
    options = [each for each in command.params if isinstance(each, click.Option)]
    yield "\n".join([_HEAD, *(_option(each) for each in options)])


def _help(text: str) -> str:
    """What is set line by line stands as it is."""
    return f"```text\n{text.strip()}\n```" if "\n" in text else markdown_safe(text)


def _both(told: Callable[[], str], between: str = " ") -> str:
    """In Chinese, then in English."""
    said = []
    for lang in LANGUAGES:
        with speaking(lang):
            said.append(told())
    return between.join(said)


def _option(option: click.Option) -> str:
    names = " ".join(f"`{name}`" for name in option.opts)
    return f"| {names} | {_value(option)} | {_both(lambda: markdown_safe(' '.join((option.help or '').split())))} |"


def _value(option: click.Option) -> str:
    if option.is_flag:
        return ""
    if isinstance(option.type, click.Choice):
        return " ".join(f"`{choice}`" for choice in option.type.choices)
    return f"`{(option.metavar or option.type.name.upper()).replace('|', ' ')}`"
