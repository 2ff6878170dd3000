"""An OpenDocument text (odt) → Document: content.xml as it is printed, merged cells expanded."""

from __future__ import annotations

from collections.abc import Iterator

from govstats.model.document import Document
from govstats.readers._office.errors import encrypted
from govstats.readers._office.kind import kind_by_head, kind_of
from govstats.readers._office.media import shown_in
from govstats.readers._office.odfnames import MANIFEST, OFFICE, STYLE, TEXT
from govstats.readers._office.odtpainted import painted
from govstats.readers._office.odtstyles import special_styles
from govstats.readers._office.odtwalk import OdtWalk
from govstats.readers._office.package import Package
from govstats.readers._office.story import Story
from govstats.readers._office.tree import Element

SUFFIXES = (".odt", ".ott")

_CONTENT = "content.xml"
_STYLES = "styles.xml"
_TITLE = "meta.xml"
_MOST_HEADER_LINES = 6
_KEYS = "META-INF/manifest.xml"


def sniff(head: bytes) -> bool:
    """Is it a zip that opens with the media type of a text document?"""
    return kind_by_head(head) == "odt"


def owns(data: bytes) -> bool:
    """Is it a text document, whatever part of it comes first?"""
    return kind_of(data) == "odt"


def read(data: bytes) -> Document:
    """An odt → Document. Raises ReadError if it is damaged, encrypted, or would not fit into memory."""
    package = Package(data, "odt")
    if _is_encrypted(package):
        raise encrypted()
    root = package.tree(_CONTENT)
    styles = package.tree(_STYLES) if _STYLES in package else None
    return of_parts(root, styles, package.title(_TITLE))


def pictures(data: bytes) -> Iterator[bytes]:
    """The pictures that its text shows. Raises ReadError as `read` does."""
    yield from shown_in(Package(data, "odt"), _CONTENT)


def of_parts(root: Element, styles: Element | None, meta: dict[str, str]) -> Document:
    """The trees of content.xml and styles.xml, and the meta data → Document."""
    others = () if styles is None or styles is root else (styles,)
    header = _header_lines(styles) if styles is not None else []
    story = Story()
    body = root.find(f"{OFFICE}body")
    if body is not None:
        OdtWalk(story, special_styles(*others, root), painted(root, *others)).through(body)
    told = story.told()
    meta = meta | told.meta | ({"header": "\n".join(header)} if header else {})
    return Document("odt", "utf-8", tuple(told.blocks), meta)


def _header_lines(styles: Element) -> list[str]:
    """The paragraphs of page headers, a line each."""
    lines = (
        "".join("".join(node.itertext()).split())
        for header in styles.iter(f"{STYLE}header", f"{STYLE}header-first")
        for node in header.iter(f"{TEXT}p", f"{TEXT}h")
    )
    return list(dict.fromkeys(line for line in lines if line))[:_MOST_HEADER_LINES]


def _is_encrypted(package: Package) -> bool:
    return _KEYS in package and any(True for _ in package.tree(_KEYS).iter(f"{MANIFEST}encryption-data"))
