"""A walk through word/document.xml → what is printed there, told to a Story; merged cells expanded."""

from __future__ import annotations

from govstats.office.docxtables import DocxTables
from govstats.office.story import BREAK, GAP, Story
from govstats.office.tree import Element, walk

_MATH = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}t",
    "{http://purl.oclc.org/ooxml/officeDocument/math}t",
)
_ALTERNATIVES = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
)
_UNKNOWN_SIGN = "□"
"""For a sign of a symbol font: something is printed there, and nobody can tell what."""
_SIGNS = {
    "tab": "\t",
    "ptab": "\t",
    "br": BREAK,
    "cr": BREAK,
    "noBreakHyphen": "-",
    "sym": _UNKNOWN_SIGN,
    "footnoteReference": GAP,
    "endnoteReference": GAP,
}
_SKIPPED = ("pPr", "del", "moveFrom", "rt")
"""Settings (their tab stops are no tabs), tracked deletions, and readings printed above characters (ruby)."""


class DocxWalk:
    """Through the tree once; tables are left to DocxTables."""

    def __init__(self, word: str, story: Story, special: dict[Element, bool]) -> None:
        self._word = word
        self._story = story
        self._special = special
        tables = DocxTables(word, story)
        self._opens = {
            f"{word}p": self._open_paragraph,
            f"{word}r": self._open_run,
            f"{word}t": self._text,
            f"{word}tbl": tables.open_table,
            f"{word}tr": tables.open_row,
            f"{word}tc": tables.open_cell,
            **dict.fromkeys(_ALTERNATIVES, self._alternative),
            **dict.fromkeys(_MATH, self._formula),
            **{word + name: self._sign for name in _SIGNS},
            **{word + name: _skip for name in _SKIPPED},
        }
        self._closes = {
            f"{word}p": self._close_paragraph,
            f"{word}r": self._close_run,
            f"{word}tbl": tables.close_table,
            f"{word}tr": tables.close_row,
            f"{word}tc": tables.close_cell,
        }

    def through(self, root: Element) -> None:
        """Tell the story all that is printed below `root`."""
        walker = walk(root, self._opens)
        opens, closes = self._opens, self._closes
        for event, node in walker:
            if event == "start":
                if opens[node.tag](node):
                    walker.skip_subtree()
            elif (close := closes.get(node.tag)) is not None:
                close(node)

    def _open_paragraph(self, _: Element) -> bool:
        self._story.open_paragraph()
        return False

    def _close_paragraph(self, _: Element) -> None:
        self._story.close_paragraph()

    def _open_run(self, node: Element) -> bool:
        """True: hidden, to be skipped."""
        if node not in self._special:
            return False
        self._story.text(GAP)
        return not self._special[node]

    def _close_run(self, node: Element) -> None:
        if node in self._special:
            self._story.text(GAP)

    def _text(self, node: Element) -> bool:
        self._story.text("".join(node.itertext()))
        return True

    def _formula(self, node: Element) -> bool:
        """A figure set as a formula is a figure; the 1 and the 2 of ½ are not 12."""
        self._story.text(GAP)
        self._text(node)
        self._story.text(GAP)
        return True

    def _sign(self, node: Element) -> bool:
        self._story.text(_SIGNS[node.tag.removeprefix(self._word)])
        return True

    def _alternative(self, node: Element) -> bool:
        """Of several ways to say the same (a text box as drawing and as VML) the first is taken, the others skipped."""
        return any(True for _ in node.itersiblings(*_ALTERNATIVES, preceding=True))


def _skip(_: Element) -> bool:
    return True
