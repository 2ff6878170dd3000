"""A pattern is compiled when it is first asked, and once."""

from __future__ import annotations

import copy
import pickle
import re
from unittest import mock

import pytest

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
