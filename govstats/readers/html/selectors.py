"""Whom a rule of a page's style is for: selectors parted, nested ones joined, and what of a page they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from govstats.readers.html.generated import part_of

_SIGNS = re.compile(r"[(\[\"'\\]")
_STATES = re.compile(
    r"(?<!\\):(?!(?:not|is|where|has|matches|-webkit-any|-moz-any|nth-[\w-]+|lang|dir)\(|first-|last-|only-|empty\b|root\b|scope\b"
    r"|checked\b|disabled\b|enabled\b|defined\b|any-link\b|link\b)"
)
"""A state (`:hover`) of an element: not what it shows when nothing is done to it."""
_OUT_OF_STATE = re.compile(
    r":not\(\s*:(?:hover|focus|focus-within|focus-visible|active|visited|target)\s*\)|:(?:lang|dir)\([^()]*\)|:defined\b"
)
"""True of an element that nothing is done to, on pages as they are."""
_OTHERWISE = (
    (re.compile(r":(?:matches|-webkit-any|-moz-any)\("), ":is("),
    (re.compile(r":checked\b"), ":is([checked],[selected])"),
    (re.compile(r":disabled\b"), "[disabled]"),
    (re.compile(r":enabled\b"), ":not([disabled])"),
    (re.compile(r":scope\b"), ":root"),
    (re.compile(r":(?:any-)?link\b"), "[href]"),
)
"""How the parser of pages can be asked for the same."""
_STRUCTURE = re.compile(r"[>+~]|(?<![:\\]):(?!:)")
_NAME = re.compile(rb"[.#]([\w-]+)")
_ATTRIBUTE = re.compile(rb"\[\s*(?:\w*\|)?([\w-]+)")
_TAG = re.compile(rb"(?<![\w.#:\[\"'=-])([a-z][a-z0-9]*)(?![\w-]*\()", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\[[^\]]*\]")
_AROUND = re.compile(r"[\s>+~]+")


@lru_cache(maxsize=4096)
def parted(group: str) -> tuple[str, ...]:
    """The selectors of a group that are for elements which nothing is done to, as the parser of pages takes them."""
    words = group.rsplit(";", 1)[-1].strip()
    if words[:1] == "@":
        return ()
    each = _at_commas(words) if _SIGNS.search(words) else words.split(",")
    plain = [_plain(selector.strip()) for selector in each if selector.strip()]
    return tuple([selector for selector in plain if not _STATES.search(part_of(selector)[0])])


def _plain(selector: str) -> str:
    if ":" not in selector:
        return selector
    selector = _OUT_OF_STATE.sub("", selector) or "*"
    for pattern, other in _OTHERWISE:
        selector = pattern.sub(other, selector)
    return selector


def _at_commas(words: str) -> list[str]:
    """Parted at the commas outside brackets and quotes."""
    import tinycss2

    parts = [""]
    for node in tinycss2.parse_component_value_list(words, skip_comments=True):
        if node.type == "literal" and node.value == ",":
            parts.append("")
        else:
            parts[-1] += tinycss2.serialize([node])
    return parts


def nested(outer: Sequence[str], inner: str) -> str:
    """The selector of a rule inside a rule, as one that stands alone."""
    around = f":is({', '.join(outer)})" if len(outer) > 1 else "".join(outer)
    return inner.replace("&", around) if "&" in inner else f"{around} {inner}"


def names_of(selectors: Iterable[str]) -> frozenset[bytes] | None:
    """The classes, ids, elements and (with a bracket) attributes that they speak of; None if one may be for any."""
    found: set[bytes] = set()
    for selector in selectors:
        if "\\" in selector:
            return None
        bare = _IN_BRACKETS.sub("", selector).encode()
        said = {*_NAME.findall(bare), *(tag.lower() for tag in _TAG.findall(bare))}
        said.update(b"[" + name.lower() for name in _ATTRIBUTE.findall(selector.encode()))
        if not said or not _is_named(selector):
            return None
        found.update(said)
    return frozenset(found)


def _is_named(selector: str) -> bool:
    """Is it said of the very element that is meant what it is, and not of those around it alone?"""
    meant = subject(selector)
    return meant not in {"", "*"} and meant[0] != ":"


@lru_cache(maxsize=4096)
def subject(selector: str) -> str:
    """The element that is meant, whatever is around it and wherever in it: `td > b.x:first-child` → `b.x`."""
    bare = selector
    while (shorter := re.sub(r"\([^()]*\)", "", bare)) != bare:
        bare = shorter
    last = _AROUND.split(bare.strip())[-1] if "[" not in bare else re.split(r"[\s>+]+(?![^\[]*\])", bare.strip())[-1]
    return re.sub(r"(?<!\\):[\w-]+", "", last) or "*"


def is_structural(selector: str) -> bool:
    """Does it depend on what stands beside or right above an element?"""
    return _STRUCTURE.search(selector) is not None


def weight(selector: str) -> tuple[int, int, int]:
    """How much it counts among others: ids, classes and the like, elements."""
    bare = re.sub(r":where\([^()]*\)|:(?=(?:is|not|has)\()", "", _IN_BRACKETS.sub("[", selector))
    elements = re.findall(r"(?:^|[\s>+~(,])[a-z]", bare, re.IGNORECASE)
    return bare.count("#"), bare.count(".") + bare.count("[") + bare.count(":"), len(elements)
