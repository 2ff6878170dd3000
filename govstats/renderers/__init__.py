"""Entries → output, chunk by chunk. A renderer is a module here, called as its format is; drop one in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Protocol, cast

from govstats.catalog.dropins import member, names_in
from govstats.display.look import Look
from govstats.errors import UsageError
from govstats.lang import Text, joined
from govstats.model.audits import Entry


class Renderer(Protocol):
    """What a module in this folder offers."""

    SUFFIX: str
    """The ending of a file that it writes, with the dot."""

    def render(self, entries: Iterable[Entry], look: Look) -> Iterator[str] | Iterator[bytes]:
        """The output in chunks, while the entries stream by: text; or bytes, if the module says `BINARY = True`. With
        `UTF8 = True` it is for programs, and UTF-8 also on a console that is not."""


class _Renderers(Mapping[str, Renderer]):
    """All renderers by name, each loaded when it is asked for."""

    def __init__(self) -> None:
        self._names = names_in(__path__)

    def __getitem__(self, name: str) -> Renderer:
        if name not in self._names:
            raise KeyError(name)
        return cast(Renderer, member(__name__, name))

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


@cache
def renderers() -> Mapping[str, Renderer]:
    """All renderers by name, which is what `--format` calls them."""
    return _Renderers()


def is_binary(name: str) -> bool:
    """Does the named renderer write bytes, which no terminal can show?"""
    return bool(getattr(renderers().get(name), "BINARY", False))


def is_utf8(name: str) -> bool:
    """Does the named renderer write what programs read: UTF-8, whatever the console is?"""
    return bool(getattr(renderers().get(name), "UTF8", False))


def render(name: str, entries: Iterable[Entry], look: Look | None = None) -> Iterator[str] | Iterator[bytes]:
    """The entries in the named format. Raises UsageError for an unknown one."""
    if name not in renderers():
        known = joined(renderers())
        raise UsageError(
            Text(f"没有输出格式“{name}”。", f"No output format “{name}”."),
            Text(f"可选：{known.zh}。", f"Choose of: {known.en}."),
        )
    return renderers()[name].render(entries, look or Look())
