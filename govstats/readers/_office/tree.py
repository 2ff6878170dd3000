"""XML → a tree within bounds, and walks through it. Element and Walker are what is used of lxml, which is untyped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Protocol

from govstats.readers._office.errors import broken_xml, doctype, too_large

_MAX_MARKUP = 2_000_000
"""`<` and `=` in one part: what a tree costs in memory goes by its elements and attributes, not by its bytes."""
_MAX_SPAN = 64
_DOCTYPES = tuple("<!DOCTYPE".encode(charset) for charset in ("utf-8", "utf-16-le", "utf-16-be"))
_SPAN = re.compile(r"0*([0-9]+)")


class Element(Protocol):
    """What is used of lxml's elements, which have no types of their own."""

    tag: str
    """`{namespace}name`."""
    text: str | None
    """What stands before the first child."""

    @property
    def tail(self) -> str | None:
        """What follows the element."""

    def get(self, key: str) -> str | None:
        """An attribute."""

    def find(self, path: str) -> Element | None:
        """The first element below."""

    def iter(self, *tags: str) -> Iterator[Element]:
        """All elements below, itself included."""

    def itertext(self) -> Iterator[str]:
        """All text below."""

    def getparent(self) -> Element | None:
        """The element around it."""

    def __iter__(self) -> Iterator[Element]: ...


class Walker(Protocol):
    """A walk through a tree: (`start` or `end`, element)."""

    def __iter__(self) -> Iterator[tuple[str, Element]]: ...

    def skip_subtree(self) -> None:
        """Pass over what lies below the element that has just started; its end is still told."""


class Stylesheet(Protocol):
    """A tree → another one, which here is text."""

    def __call__(self, root: Element) -> object: ...


def parse(xml: bytes, name: str) -> Element:
    """XML → its root. Raises ReadError if it is broken, too deep, too large, or has a DOCTYPE (and so entities)."""
    from lxml import etree  # type: ignore[import-untyped, unused-ignore]

    if any(mark in xml for mark in _DOCTYPES):
        raise doctype(name)
    if len(xml) > _MAX_MARKUP and xml.count(b"<") + xml.count(b"=") > _MAX_MARKUP:
        raise too_large(name)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root: Element = etree.fromstring(xml, parser)
    except (etree.LxmlError, ValueError) as error:
        raise broken_xml(name) from error
    # A DOCTYPE in an encoding that the search above does not see.
    if etree.ElementTree(root).docinfo.internalDTD is not None:
        raise doctype(name)
    return root


def walk(root: Element, tags: Iterable[str] | None = None) -> Walker:
    """Starts and ends of the elements (with these tags), without recursion: depth costs nothing."""
    from lxml import etree

    walker: Walker = etree.iterwalk(root, events=("start", "end"), tag=None if tags is None else list(tags))
    return walker


def text_of(root: Element) -> str:
    """All text of the tree, printed or not."""
    from lxml import etree

    text: str = etree.tostring(root, method="text", encoding="unicode")
    return text


def xml_of(root: Element) -> bytes:
    """The tree as XML in UTF-8."""
    from lxml import etree

    xml: bytes = etree.tostring(root, encoding="utf-8", with_tail=False)
    return xml


def stylesheet(source: str) -> Stylesheet:
    """XSLT → what can be done to trees. It reaches no file and no network."""
    from lxml import etree

    made: Stylesheet = etree.XSLT(etree.XML(source.encode()), access_control=etree.XSLTAccessControl.DENY_ALL)
    return made


def transformed(root: Element, by: Stylesheet) -> str:
    """The text that the stylesheet makes of the tree. Raises ReadError if the tree is too deep for it."""
    from lxml import etree

    try:
        return str(by(root))
    except etree.LxmlError as error:
        raise broken_xml(etree.QName(root).localname) from error


def span(value: str | None) -> int:
    """A number of columns or rows as printed in an attribute: 1 if it says nothing, clamped."""
    match = _SPAN.fullmatch(value.strip()) if value else None
    if match is None:
        return 1
    return max(1, min(int(match[1][:9]), _MAX_SPAN))
