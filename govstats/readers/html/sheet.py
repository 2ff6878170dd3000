"""The styles that a page brings in `<style>` → its rules that matter for reading, in the order in which they apply."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from govstats.readers.html.generated import WRITES, effects_of, part_of, pressing_of
from govstats.readers.html.media import holds
from govstats.readers.html.painted import PAINTS
from govstats.readers.html.selectors import names_of, nested, parted, weight
from govstats.readers.html.style import Effects, effects, is_telling, pressing
from govstats.readers.html.written import Written

if TYPE_CHECKING:
    import tinycss2

_STYLE = re.compile(rb"<style\b[^<>]*>", re.IGNORECASE)
_END = re.compile(rb"</style", re.IGNORECASE)
_MOST = 300_000
"""Bytes of style that are looked at; more is hardly a report's."""
_NAME = re.compile(rb"[.#]([\w-]+)")
_MORE_THAN_NAMES = re.compile(rb"[^\x00-\x7f]|[\\\[(@;&]")
_OF_INTEREST = re.compile(
    rb"display|visibility|opacity|margin|padding|order|baseline-shift|text-security|text-line|font|text-indent|position|clip|transform|vertical-align|mso-|text-decoration"
    rb"|colou?r|background|content|overflow|height|width|zoom|scale|translate|filter|float|bidi|direction|flex",
    re.IGNORECASE,
)
_MOST_RULES = 2_000
_DEEPEST = 4
_OWN = re.compile(rb"(--[\w-]+)\s*:\s*([^;{}]+)")
_VARIABLE = re.compile(rb"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)")
_LAYERED = (-1, 0, 0)
_IN_BRACKETS = re.compile(r"\[[^\]]*\]|\([^)]*\)")
_LAST = re.compile(r"(?<![^\s>+~])[^\s>+~]+\s*$")
_WORDS = re.compile(r"[.#][\w-]+|(?<![\w.#:-])[a-z][\w-]*", re.IGNORECASE)
_AROUND_CELLS = {"html", "body", "table", "tbody", "thead", "tfoot", "tr", "caption", "colgroup", "col"}
"""Elements that no cell holds, but for tables of its own."""


class Rule(NamedTuple):
    """Whom it is for, how much it counts, and what it does. `presses`: what of it is said to be important."""

    selector: str
    weight: tuple[int, int, int]
    does: Effects
    presses: Effects


class Telling(NamedTuple):
    """The rules of a page that may hide, raise or strike something. `selectors`: whom they are for; `names`: classes,
    ids, elements and attributes that these speak of, None if any may be meant; `source`: the style they stand in;
    `paints`: whom other rules are for that paint pictures, each with the classes and ids that it speaks of."""

    selectors: tuple[str, ...]
    names: frozenset[bytes] | None
    source: bytes
    paints: tuple[tuple[str, frozenset[bytes]], ...] = ()

    def rules(self, words: frozenset[bytes]) -> list[Rule]:
        """All rules that matter to a page with these words in its tags, those that count less first."""
        return list(_sorted(_kept(self.source, words)))


@lru_cache(maxsize=64)
def _sorted(style: bytes) -> tuple[Rule, ...]:
    found = list(_rules(style))[:_MOST_RULES]
    return tuple(sorted(found, key=lambda rule: rule.weight))


def telling(page: Written) -> Telling:
    """What the page's own style says that matters."""
    return _telling(_resolved(b"\n".join(_styles(page.source)))) if page.has(b"<style") else _SILENT


def with_paints(style: Telling, source: bytes, words: frozenset[bytes], names: frozenset[bytes]) -> Telling:
    """With the rules by which a picture may be behind a cell of a page, or in one: most are for what it has not, or for
    what is around its tables. `words`: those in its tags; `names`: its elements."""
    there = [selector for selector, named in style.paints if words.issuperset(named)]
    if not there or b"td" not in names:
        return style
    lowered = source.lower()
    tables = lowered[lowered.find(b"<table") : lowered.rfind(b"</table") + 1]
    inside = [each for each in there if _may_be_in_cells(each, tables)]
    selectors = (*style.selectors, *inside)
    return style._replace(selectors=selectors, names=names_of(selectors)) if inside else style


def _may_be_in_cells(selector: str, tables: bytes) -> bool:
    """May an element that a selector is for be a cell, or in one? `tables`: all between the first and the last."""
    last = _LAST.search(_IN_BRACKETS.sub("", selector))
    words = _WORDS.findall(last[0].lower()) if last else []
    if any(word in _AROUND_CELLS for word in words):
        return False
    return all((word[1:] if word[:1] in ".#" else f"<{word}").encode() in tables for word in words)


def _resolved(style: bytes) -> bytes:
    """The style with what its own properties stand for (`var(--x)`), where that is one thing."""
    if b"var(" not in style:
        return style
    given: dict[bytes, set[bytes]] = {}
    for name, value in _OWN.findall(style):
        given.setdefault(name, set()).add(value.strip())
    sole = {name: values.pop() for name, values in given.items() if len(values) == 1}
    for _ in range(_DEEPEST):
        style = _VARIABLE.sub(
            lambda said: sole.get(said[1], said[0] if said[1] in given else said[2] or said[0]), style
        )
    return style


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
    paints = tuple(_painting(style)) if PAINTS.search(style) else ()
    if not (writes or is_telling(style)):
        return Telling((), frozenset(), style, paints)
    found = [block for block in _blocks(style) if is_telling(block.body) or WRITES.search(block.body)]
    if any(block.is_nested for block in found):
        selectors = [rule.selector for rule in _sorted(style)]
    else:
        each = [part_of(each) for block in found for each in parted(block.group.decode("utf-8", "replace"))]
        selectors = [selector for selector, part in each if writes or not part]
    del selectors[_MOST_RULES:]
    return Telling(tuple(selectors), names_of(selectors), style, paints)


def _painting(style: bytes) -> Iterator[tuple[str, frozenset[bytes]]]:
    """Whom the rules are for that paint pictures, and the classes and ids that these speak of."""
    for block in islice((block for block in _blocks(style) if PAINTS.search(block.body)), _MOST_RULES):
        for selector in (part_of(each)[0] for each in parted(block.group.decode("utf-8", "replace"))):
            yield selector, frozenset(_NAME.findall(selector.lower().encode()))


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

    @property
    def is_nested(self) -> bool:
        """Is it part of another rule?"""
        outer = self.around.rstrip(b"{").rpartition(b"{")[2].rpartition(b";")[2].strip()
        return b"&" in self.group or outer[:1] not in {b"", b"@"} or self.group.lstrip()[:1] in {b">", b"+", b"~"}


def _blocks(style: bytes) -> Iterator[_Block]:
    """The style cut at closing braces, without comments; each piece ends a rule, or a group of rules."""
    bare, *commented = style.replace(b"<!--", b" ").replace(b"-->", b" ").split(b"/*")
    bare += b"".join([comment.partition(b"*/")[2] for comment in commented])
    for piece in bare.split(b"}")[:-1]:
        head, brace, body = piece.rpartition(b"{")
        around, outer, group = head.rpartition(b"{")
        yield _Block(group, body, piece + b"}", around + outer if brace else b"}")


def _rules(style: bytes) -> Iterator[Rule]:
    import tinycss2

    nodes = tinycss2.parse_stylesheet(style.decode("utf-8", "replace"), skip_comments=True, skip_whitespace=True)
    return _from_nodes(nodes)


def _from_nodes(nodes: Iterable[tinycss2.ast.Node], outer: Sequence[str] = (), deep: int = 0) -> Iterator[Rule]:
    """The rules. `outer`: the selectors of the rule that they stand in."""
    import tinycss2

    for node in nodes if deep < _DEEPEST else ():
        if node.type == "qualified-rule":
            group = parted(tinycss2.serialize(node.prelude))
            selectors = [nested(outer, each) for each in group] if outer else group
            yield from _of_rule(selectors, tinycss2.serialize(node.content))
            inner = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            yield from _from_nodes([each for each in inner if each.type != "declaration"], selectors, deep + 1)
        elif node.type == "at-rule" and node.content is not None and holds(node):
            yield from _of_rule(outer, tinycss2.serialize(node.content))
            parse = tinycss2.parse_blocks_contents if outer else tinycss2.parse_rule_list
            inner = parse(node.content, skip_comments=True, skip_whitespace=True)
            found = _from_nodes([each for each in inner if each.type != "declaration"], outer, deep + 1)
            # What stands in a layer counts less than all that does not.
            yield from (rule._replace(weight=_LAYERED) for rule in found) if node.lower_at_keyword == "layer" else found


def _of_rule(selectors: Iterable[str], declarations: str) -> Iterator[Rule]:
    for each in selectors:
        selector, part = part_of(each)
        does = effects_of(part, declarations) if part else effects(declarations)
        if does:
            presses = pressing_of(part, declarations) if part else pressing(declarations)
            yield Rule(selector, weight(selector), does, presses)
