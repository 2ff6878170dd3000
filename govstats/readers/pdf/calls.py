"""The contents of a PDF's streams, and its dictionaries → the weight of all that is drawn when one calls another.

A page, and a form, may draw a form many times: a few bytes that call twice, twenty levels deep, are a million drawings.
pdfium follows all calls before it gives a page, so they are counted before it is asked for one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

_DEEPEST = 40
"""pdfium goes no deeper than this (kMaxFormLevel)."""
_EACH = 500
"""A call weighs as much as so many bytes of content, however little it draws."""
_NAME = rb"/([^\s/<>\[\](){}%]+)"
_CALL = re.compile(rb"(?:" + _NAME + rb"\s+)?\bDo\b")
_STRING = re.compile(rb"\([^()\\\r\n%]*(?:\\[^\r\n][^()\\\r\n%]*)*\)")
"""Printed words on one line: no comment, which might hold one bracket, and no line's end, at which a comment ends."""
_ENTRY = re.compile(_NAME + rb"\s*(\d+)\s+\d+\s+R\b")
_XOBJECTS = re.compile(rb"/XObject\s*<<([^<>]*)>>")
_ELSEWHERE = re.compile(rb"/Resources\s*\d|#")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")

_Targets = Mapping[bytes, set[int]]


class Content(NamedTuple):
    """What a stream inflates to, the number of its object, its dictionary as written."""

    number: bytes
    head: bytes
    text: bytes


@dataclass(frozen=True, slots=True)
class _Caller:
    """A content that draws others: how often it does so under each name (empty: unknown), and what names mean."""

    calls: Counter[bytes]
    named: _Targets

    def weight(self, bare: int, weights: list[int], anywhere: _Targets) -> int:
        """Its own weight, and that of what it draws. A name that may mean several things means the heaviest."""
        for name, count in self.calls.items():
            targets = self.named[name] if name in self.named else anywhere.get(name, ())
            heaviest = max((weights[each] for each in targets), default=_EACH) if name else max(weights)
            bare += count * heaviest
        return bare


def weight_when_drawn(contents: list[Content], dictionaries: Iterable[bytes], most: int) -> int:
    """Bytes of all contents with what they draw; the counting ends where they are more than `most`."""
    weights = bare = [_EACH + len(each.text) for each in contents]
    numbers: dict[bytes, list[int]] = {}
    for index, content in enumerate(contents):
        numbers.setdefault(content.number, []).append(index)
    callers = {index: caller for index, each in enumerate(contents) if (caller := _caller(each, numbers)).calls}
    anywhere = _targets(b" ".join(dictionaries), numbers) if callers else {}
    for _ in range(min(_DEEPEST, len(callers))):
        before, weights = weights, list(weights)
        for index, caller in callers.items():
            weights[index] = caller.weight(bare[index], before, anywhere)
        if weights == before or sum(weights) > most:
            break
    return sum(weights)


def _caller(content: Content, numbers: Mapping[bytes, list[int]]) -> _Caller:
    if b"Do" not in content.text:
        return _Caller(Counter(), {})
    calls = Counter(name for each in _CALL.findall(content.text) if (name := _plain(each)))
    # Where a name is not seen before it, the word may also stand in a string.
    if unnamed := _CALL.findall(_STRING.sub(b"()", content.text)).count(b""):
        calls[b""] = unnamed
    own = _XOBJECTS.findall(content.head)
    # A dictionary that might mislead (it has several, or refers to another) explains nothing.
    return _Caller(calls, _targets(own[0], numbers) if len(own) == 1 and not _ELSEWHERE.search(content.head) else {})


def _targets(dictionary: bytes, numbers: Mapping[bytes, list[int]]) -> _Targets:
    """What the names in a dictionary stand for."""
    found: dict[bytes, set[int]] = {}
    for name, number in _ENTRY.findall(dictionary):
        found.setdefault(_plain(name), set()).update(numbers.get(number, ()))
    return found


def _plain(name: bytes) -> bytes:
    """`X#31` is `X1`."""
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), name)
