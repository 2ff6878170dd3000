"""A tree of word/document.xml → the pieces of what is printed there, each behind the mark of what begins or ends.

docx.xsl, beside this module, says what is printed: it runs over the tree without a step in Python for each element.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from govstats.readers._office.marks import OBJECT, STRUCK
from govstats.readers._office.story import GAP
from govstats.readers._office.tree import Element, Stylesheet, stylesheet, text_of, transformed

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
"""The namespace that Word writes by default, which docx.xsl has; and that of ISO 29500 strict."""
APART, STRUCK_OUT, HIDDEN = (f"{{urn:govstats:runs}}{name}" for name in ("apart", "struck", "hidden"))
"""The tags of runs that stand apart from the text around them, that are struck out, and that are not printed."""

(
    OPEN_PARAGRAPH,
    CLOSE_PARAGRAPH,
    OPEN_TABLE,
    CLOSE_TABLE,
    OPEN_ROW,
    CLOSE_ROW,
    OPEN_CELL,
    CLOSE_CELL,
    BLANK,
    LINE_BREAK,
    _OPEN_APART,
    _CLOSE_APART,
    _OPEN_STRUCK,
    _CLOSE_STRUCK,
) = map(chr, range(0xFDD0, 0xFDDE))
"""Code points that no text has: Unicode keeps them for such use. Those that a file has all the same are dropped."""
_MARKS = re.compile("[\ufdd0-\ufddf]")
_STEP = re.compile("([\ufdd0-\ufdd8])")


def pieces(root: Element, namespace: str, line_break: str) -> Iterator[tuple[str, str]]:
    """(mark, text behind it) in order; text before the first mark has none. Raises ReadError if it cannot be walked."""
    text = text_of(root)
    if _MARKS.search(text) or OBJECT in text:
        _drop_marks(root)
    marked = transformed(root, _stylesheet(namespace)).replace(LINE_BREAK, line_break)
    if _OPEN_APART in marked or _OPEN_STRUCK in marked:
        marked = _set_apart(marked)
    steps = _STEP.split(marked)
    return zip(["", *steps[1::2]], steps[::2], strict=True)


def _set_apart(marked: str) -> str:
    """Runs of one kind that follow each other are one: a figure may be written in several."""
    for closed, opened, behind in ((_CLOSE_APART, _OPEN_APART, ""), (_CLOSE_STRUCK, _OPEN_STRUCK, STRUCK)):
        marked = marked.replace(closed + opened, "").replace(opened, GAP).replace(closed, behind + GAP)
    return marked


@cache
def _stylesheet(namespace: str) -> Stylesheet:
    source = Path(__file__).with_name("docx.xsl").read_text("utf-8")
    return stylesheet(source.replace(TRANSITIONAL, namespace))


def _drop_marks(root: Element) -> None:
    for node in root.iter():
        node.text = _MARKS.sub("", node.text or "").replace(OBJECT, "")
