"""A pattern is compiled when it is first asked, and once."""

from __future__ import annotations

import copy
import pickle
import pkgutil
import re
from importlib import import_module
from unittest import mock

import pytest

import govstats
from govstats.text.patterns import lazy


def test_it_is_compiled_when_it_is_first_asked_and_once() -> None:
    with mock.patch("re.compile", wraps=re.compile) as compiled:
        pattern = lazy("[一-鿿]+", re.IGNORECASE)
        assert not compiled.called
        assert pattern.findall("甲乙1丙") == ["甲乙", "丙"]
        assert pattern.sub("", "甲1") == "1"
        assert [match[0] for match in pattern.finditer("甲1乙")] == ["甲", "乙"]
        assert compiled.call_args_list == [mock.call("[一-鿿]+", re.IGNORECASE)]


def test_what_else_a_pattern_has_is_there_too() -> None:
    pattern = lazy("(?P<one>a)b")
    assert (pattern.pattern, pattern.groups, dict(pattern.groupindex)) == ("(?P<one>a)b", 1, {"one": 1})
    with pytest.raises(AttributeError):
        _ = pattern.nothing  # type: ignore[attr-defined]


def test_a_copy_and_what_was_pickled_ask_alike() -> None:
    pattern = lazy("a+")
    for each in (copy.deepcopy(pattern), pickle.loads(pickle.dumps(pattern))):  # noqa: S301 - our own
        assert each.fullmatch("aa") is not None


def test_every_pattern_of_the_modules_is_one() -> None:
    names = [each.name for each in pkgutil.walk_packages(govstats.__path__, "govstats.")]
    rooms = (".alignment", ".catalog", ".checks", ".comparison", ".identity", ".prose", ".readers", ".text")
    modules = [import_module(name) for name in names if name.startswith(rooms, 8) and ".picture" not in name]
    patterns = [each for module in modules for held in vars(module).values() for each in _held(held)]
    assert len(patterns) > 100
    assert all(re.compile(each.pattern, each.flags) for each in patterns)


def _held(held: object) -> list[re.Pattern[str]]:
    every = held if isinstance(held, list | tuple) else held.values() if isinstance(held, dict) else [held]
    return [each for each in every if isinstance(each, type(lazy("")))]
