"""Commands and options whose help is a Text, shown in the language in force and broken as Chinese is broken: click
knows English only and counts a Chinese character as one column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from govstats.lang import LANGUAGES, Text

T = TypeVar("T", bound=Callable[..., Any] | click.Command)

_USAGE = Text("用法：", "Usage: ")
_SHOW_HELP = Text("显示这份帮助。", "Show this help.")
_DEFAULT = Text("默认 {default}", "default: {default}")
_FIRST_COLUMN = 26
_WORDS = {
    "Options": "选项",
    "Commands": "命令",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]…",
    "PATH": "路径",
    "OLD": "旧",
    "NEW": "新",
    "FILE": "文件",
    "FOLDER": "文件夹",
    "DIRECTORY": "文件夹",
    "ADDRESS": "地址",
    "DATE": "日期",
    "NAME": "名称",
    "TEXT": "文字",
    "INTEGER RANGE": "整数",
    "INTEGER": "整数",
    "RULE": "规则",
    "FORMAT": "格式",
    "TABLE": "表",
}
"""What stands for arguments, in Chinese."""
_WORD = re.compile("|".join(rf"(?<![\w-]){re.escape(word)}(?![\w-])" for word in _WORDS))


def asked(arguments: Iterable[str]) -> str | None:
    """The language that a command line asks for, before it is parsed: its help and its errors are in it too."""
    found, before = None, ""
    for argument in arguments:
        value = argument if before == "--lang" else argument.removeprefix("--lang=")
        if value in LANGUAGES and (before == "--lang" or value != argument):
            found = value
        before = argument
    return found


class _Formatter(click.HelpFormatter):
    """Help in the language in force."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, called(args), str(_USAGE))

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{called(heading)}{Text('：', ':')}\n")

    def write_text(self, text: str) -> None:
        for line in text.split("\n"):
            self._write_lines(line, self.current_indent)

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = _FIRST_COLUMN, col_spacing: int = 2) -> None:
        from rich.cells import cell_len

        pairs = [(called(first), second) for first, second in rows]
        column = min(max(cell_len(first) for first, _ in pairs), col_max) + col_spacing
        for first, second in pairs:
            self.write(f"{'':>{self.current_indent}}{first}")
            room = column - cell_len(first)
            if room < col_spacing:
                self.write("\n")
                room = column + self.current_indent
            self.write(" " * room)
            self._write_lines(second, column + self.current_indent, begun=True)

    def _write_lines(self, text: str, indent: int, begun: bool = False) -> None:
        from govstats.display.breaking import lines_of

        for start, end, more in lines_of(text, max(self.width - indent, 20)):
            self.write(f"{'' if begun else ' ' * (indent + more)}{text[start:end].rstrip()}\n")
            begun = False


def called(text: str) -> str:
    """What click calls a thing that is given (FILE, OPTIONS), in the language in force."""
    return Text(_WORD.sub(lambda found: _WORDS[found[0]], text), text).of()


class _Context(click.Context):
    formatter_class = _Formatter


class _InForce:
    """An attribute of click's that holds one text: what is set is a Text, what is read is of the language in force."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._kept = f"_told_{name}"

    def __set__(self, owner: Any, text: Text | str | None) -> None:
        setattr(owner, self._kept, text)

    def __get__(self, owner: Any, _: type | None = None) -> str | None:
        text = getattr(owner, self._kept, None)
        return text.of() if isinstance(text, Text) else text


class Option(click.Option):
    """An option with a Text for its help."""

    help = _InForce()

    def __init__(self, *names: Any, help: Text | None = None, **settings: Any) -> None:
        super().__init__(*names, **settings)
        self.help = help

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Its names and what it does."""
        told = self.help or ""
        if self.show_default:
            told += f"  [{_DEFAULT.format(default=self.default)}]"
        record = super().get_help_record(ctx)
        return (record[0], told) if record else None


def option(*names: Any, **settings: Any) -> Callable[[T], T]:
    """`click.option` with a Text for its help."""
    return click.option(*names, cls=Option, **settings)


class Described(click.Command):
    """A command with a Text for its help and its epilog."""

    context_class = _Context
    help = _InForce()
    epilog = _InForce()

    def __init__(self, *args: Any, help: Text | None = None, epilog: Text | None = None, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.help, self.epilog = help, epilog

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first line of its help, whole."""
        return (self.help or "").split("\n")[0]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, described like the others."""
        found = super().get_help_option(ctx)
        if found:
            found.help = str(_SHOW_HELP)
        return found
