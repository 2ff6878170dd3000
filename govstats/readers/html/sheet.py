"""The styles that a page brings in `<style>` → its rules that matter for reading, in the order in which they apply."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from govstats.readers.html.generated import WRITES, effects_of, part_of
from govstats.readers.html.style import Effects, effects, is_telling
from govstats.readers.html.written import Written

if TYPE_CHECKING:
    import tinycss2

_STYLE = re.compile(rb"<style\b[^<>]*>", re.IGNORECASE)
_END = re.compile(rb"</style", re.IGNORECASE)
_MOST = 300_000
"""Bytes of style that are looked at; more is hardly a report's."""
_NAME = re.compile(rb"[.#]([\w-]+)")
_MORE_THAN_NAMES = re.compile(rb"[^\x00-\x7f]|[\\\\\[(@;]")
_TAG = re.compile(rb"(?<![\w.#:\[\"'=-])([a-z][a-z0-9]*)(?![\w-]*\()", re.IGNORECASE)
_OF_INTEREST = re.compile(
    rb"display|visibility|opacity|font-size|text-indent|position|clip|transform|vertical-align|mso-|text-decoration"
    rb"|colou?r|background|content",
    re.IGNORECASE,
)
_OTHER_MEDIA = re.compile(r"print|speech|max-(?:device-)?width|max-height|prefers|orientation", re.IGNORECASE)
_STATES = re.compile(r":(?!not\b|is\b|where\b|nth-|first-|last-|only-|empty\b|root\b)")
"""A state (`:hover`) of an element: not what it shows when nothing is done to it."""
_MOST_RULES = 2_000


class Rule(NamedTuple):
    """Whom it is for, how much it counts, and what it does."""

    selector: str
    weight: tuple[int, int, int]
    does: Effects


class Telling(NamedTuple):
    """The rules of a page that may hide, raise or strike something. `selectors`: whom they are for; `names`: classes,
    ids and elements that these speak of; `source`: the style they stand in."""

    selectors: tuple[str, ...]
    names: frozenset[bytes]
    source: bytes

    def rules(self, words: frozenset[bytes]) -> list[Rule]:
        """All rules that matter to a page with these words in its tags, those that count less first."""
        return list(_sorted(_kept(self.source, words)))


@lru_cache(maxsize=64)
def _sorted(style: bytes) -> tuple[Rule, ...]:
    found = list(_rules(style))[:_MOST_RULES]
    return tuple(sorted(found, key=lambda rule: rule.weight))


def telling(page: Written) -> Telling:
    """What the page's own style says that matters."""
    return _telling(b"\n".join(_styles(page.source))) if page.has(b"<style") else _SILENT


def _styles(source: bytes) -> Iterator[bytes]:
    at = left = 0
    while left < _MOST and (opened := _STYLE.search(source, at)):
        ended = _END.search(source, opened.end())
        at = ended.end() if ended else len(source)
        yield source[opened.end() : ended.start() if ended else at][:_MOST]
        left += at - opened.end()


@lru_cache(maxsize=64)
def _telling(style: bytes) -> Telling:
    writes = WRITES.search(style) is not None
    if not (writes or is_telling(style)):
        return Telling((), frozenset(), style)
    found = [block.group for block in _blocks(style) if is_telling(block.body) or WRITES.search(block.body)]
    parted = [part_of(each) for group in found for each in _selectors(group.decode("utf-8", "replace"))]
    selectors = [selector for selector, part in parted if writes or not part]
    joined = ",".join(selectors).encode()
    names = {*_NAME.findall(joined), *(tag.lower() for tag in _TAG.findall(joined))}
    return Telling(tuple(selectors[:_MOST_RULES]), frozenset(names), style)


def _kept(style: bytes, words: frozenset[bytes]) -> bytes:
    """The style without rules that cannot matter, which would only take time to be parsed."""
    return b"".join(
        [
            block.whole if _OF_INTEREST.search(block.body) and _may_be_for(block.group, words) else block.around
            for block in _blocks(style)
        ]
    )


def _may_be_for(group: bytes, words: frozenset[bytes]) -> bool:
    """Are all names in one of the selectors among the words? Where more than names counts, perhaps."""
    if _MORE_THAN_NAMES.search(group):
        return True
    return any(words.issuperset(_NAME.findall(each.lower())) for each in group.split(b","))


_SILENT = Telling((), frozenset(), b"")


class _Block(NamedTuple):
    """A rule: whom it is for, its declarations, all of it, and what is left if it goes: the at-rule that it is in."""

    group: bytes
    body: bytes
    whole: bytes
    around: bytes


def _blocks(style: bytes) -> Iterator[_Block]:
    """The style cut at closing braces, without comments; each piece ends a rule, or a group of rules."""
    bare, *commented = style.replace(b"<!--", b" ").replace(b"-->", b" ").split(b"/*")
    bare += b"".join([comment.partition(b"*/")[2] for comment in commented])
    for piece in bare.split(b"}")[:-1]:
        head, brace, body = piece.rpartition(b"{")
        around, outer, group = head.rpartition(b"{")
        yield _Block(group, body, piece + b"}", around + outer if brace else b"}")


def _selectors(group: str) -> Iterable[str]:
    words = group.rsplit(";", 1)[-1].strip()
    return (
        [each.strip() for each in words.split(",") if each.strip() and not _STATES.search(part_of(each)[0])]
        if words[:1] != "@"
        else []
    )


def _rules(style: bytes) -> Iterator[Rule]:
    import tinycss2

    nodes = tinycss2.parse_stylesheet(style.decode("utf-8", "replace"), skip_comments=True, skip_whitespace=True)
    return _from_nodes(nodes)


def _from_nodes(nodes: Iterable[tinycss2.ast.Node], deep: int = 0) -> Iterator[Rule]:
    import tinycss2

    for node in nodes:
        if node.type == "qualified-rule":
            declarations = tinycss2.serialize(node.content)
            for each in _selectors(tinycss2.serialize(node.prelude)):
                selector, part = part_of(each)
                if does := effects_of(part, declarations) if part else effects(declarations):
                    yield Rule(selector, _weight(selector), does)
        elif node.type == "at-rule" and node.content is not None and deep < 3 and _applies(node):
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield from _from_nodes(inner, deep + 1)


def _applies(rule: tinycss2.ast.AtRule) -> bool:
    """Does it hold on a screen of common size?"""
    import tinycss2

    keyword = rule.lower_at_keyword
    return keyword in {"supports", "layer"} or (
        keyword == "media" and not _OTHER_MEDIA.search(tinycss2.serialize(rule.prelude))
    )


def _weight(selector: str) -> tuple[int, int, int]:
    """How much it counts among others: ids, classes and the like, elements."""
    bare = re.sub(r"\[[^\]]*\]", "[", selector)
    elements = re.findall(r"(?:^|[\s>+~(])[a-z]", bare, re.IGNORECASE)
    return bare.count("#"), bare.count(".") + bare.count("[") + bare.count(":"), len(elements)
