"""A Word file (docx) → Document: word/document.xml as it is printed, merged cells expanded."""

from __future__ import annotations

from typing import NamedTuple

from govstats.document import Document, Span
from govstats.errors import ReadError
from govstats.lang import Text
from govstats.officexml import BREAK, GAP, Element, Package, Row, Story, first_member, member_names, span
from govstats.officexml import walk as walk_tree

SUFFIXES = (".docx", ".docm")

_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
"""As Word writes by default (transitional), and as ISO 29500 strict."""
_MATH = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}t",
    "{http://purl.oclc.org/ooxml/officeDocument/math}t",
)
_ALTERNATIVES = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
)
_MAIN = "word/document.xml"
_STYLES = "word/styles.xml"
_RELATIONS = "_rels/.rels"
_TITLE = "docProps/core.xml"
_UNKNOWN_SIGN = "□"
"""For a sign of a symbol font: something is printed there, and nobody can tell what."""
_OFF = {"0", "false", "off"}
_RAISED = {"superscript", "subscript"}
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
_ELSEWHERE = ("altChunk", "subDoc")


def sniff(head: bytes) -> bool:
    """Is it a zip whose first members, or the list of content types that opens it, are those of a Word file?"""
    names = member_names(head)
    if any(name.startswith("word/") and name.endswith((".xml", ".rels")) for name in names):
        return True
    return names[:1] == ["[content_types].xml"] and b"wordprocessingml" in first_member(head)


def read(data: bytes) -> Document:
    """A docx → Document. Raises ReadError if it is damaged, encrypted, or would not fit into memory."""
    package = Package(data, "docx")
    root = package.tree(_main_part(package))
    word = _namespace(root)
    for node in root.iter(*(word + name for name in _ELSEWHERE)):
        raise _stands_elsewhere(node.tag.removeprefix(word))
    story = Story()
    _Walk(word, story, _special_runs(root, word, package)).through(root)
    return Document("docx", "utf-8", tuple(story.blocks()), package.title(_TITLE))


def _main_part(package: Package) -> str:
    """The part that the package names as its document: not every producer calls it word/document.xml."""
    if _MAIN in package or _RELATIONS not in package:
        return _MAIN
    for node in package.tree(_RELATIONS):
        if (node.get("Type") or "").endswith("/officeDocument"):
            return (node.get("Target") or "").lstrip("/")
    return _MAIN


def _namespace(root: Element) -> str:
    """The namespace of the elements, in braces."""
    for name in _NAMESPACES:
        if root.tag == f"{{{name}}}document":
            return f"{{{name}}}"
    raise ReadError(
        Text("文件的正文不是 Word 文档。", "The main part of the file is no Word document."),
        Text("请用 Word 或 WPS 另存为 .docx 再试。", "Save it as .docx in Word or WPS and try again."),
    )


def _stands_elsewhere(name: str) -> ReadError:
    return ReadError(
        Text(
            f"正文是嵌入的另一个文件（{name}），表格不在这里。",
            f"The text is another file embedded in this one ({name}): the tables do not stand here.",
        ),
        Text("请用 Word 打开，另存为 .docx 再试。", "Open it in Word, save it as .docx and try again."),
    )


def _special_runs(root: Element, word: str, package: Package) -> dict[Element, bool]:
    """Runs set apart from the text around them → are they printed? Hidden text is not; raised or struck text is.

    A raised 1 behind 12 is a note, not 121. The settings may stand in the run or in a style that it names.
    """
    styles: dict[str, bool] | None = None
    runs: dict[Element, bool] = {}
    for node in root.iter(*(word + name for name in ("vertAlign", "strike", "dstrike", "vanish", "rStyle"))):
        settings = node.getparent()
        run = settings.getparent() if settings is not None and settings.tag == f"{word}rPr" else None
        if run is None or run.tag != f"{word}r":
            continue
        if node.tag == f"{word}rStyle":
            styles = _special_styles(word, package) if styles is None else styles
            printed = styles.get(node.get(f"{word}val") or "")
        else:
            printed = _is_printed(node, word)
        if printed is not None:
            runs[run] = runs.get(run, True) and printed
    return runs


def _special_styles(word: str, package: Package) -> dict[str, bool]:
    """Styles of runs that set them apart → are they printed?"""
    special: dict[str, bool] = {}
    if _STYLES not in package:
        return special
    for style in package.tree(_STYLES).iter(f"{word}style"):
        settings = style.find(f"{word}rPr")
        for node in settings if settings is not None else ():
            printed = _is_printed(node, word)
            if printed is not None:
                name = style.get(f"{word}styleId") or ""
                special[name] = special.get(name, True) and printed
    return special


def _is_printed(setting: Element, word: str) -> bool | None:
    """True if the setting sets a run apart, False if it hides it, None if it does neither."""
    value = setting.get(f"{word}val")
    match setting.tag.removeprefix(word):
        case "vertAlign":
            return True if value in _RAISED else None
        case "strike" | "dstrike":
            return None if value in _OFF else True
        case "vanish":
            return None if value in _OFF else False
    return None


class _Merged(NamedTuple):
    """A cell that goes on below: its text, and how many columns wide it is."""

    text: str
    width: int


class _Walk:
    """Through the tree once; open tables and rows lie on stacks, as tables may stand in cells."""

    def __init__(self, word: str, story: Story, special: dict[Element, bool]) -> None:
        self._word = word
        self._story = story
        self._special = special
        self._rows: list[Row] = []
        self._above: list[dict[int, _Merged]] = []
        self._below: list[dict[int, _Merged]] = []
        self._opens = {
            f"{word}p": self._open_paragraph,
            f"{word}r": self._open_run,
            f"{word}t": self._text,
            f"{word}tbl": self._open_table,
            f"{word}tr": self._open_row,
            f"{word}tc": self._open_cell,
            **dict.fromkeys(_ALTERNATIVES, self._alternative),
            **dict.fromkeys(_MATH, self._formula),
            **{word + name: self._sign for name in _SIGNS},
            **{word + name: _skip for name in _SKIPPED},
        }
        self._closes = {
            f"{word}p": self._close_paragraph,
            f"{word}r": self._close_run,
            f"{word}tbl": self._close_table,
            f"{word}tr": self._close_row,
            f"{word}tc": self._close_cell,
        }

    def through(self, root: Element) -> None:
        """Tell the story all that is printed below `root`."""
        walker = walk_tree(root, self._opens)
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

    def _open_table(self, _: Element) -> bool:
        self._story.open_table()
        self._above.append({})
        return False

    def _close_table(self, _: Element) -> None:
        self._above.pop()
        self._story.close_table()

    def _open_row(self, node: Element) -> bool:
        """True: deleted, to be skipped."""
        self._story.open_row()
        self._rows.append(Row())
        self._below.append({})
        if self._is_deleted(node):
            return True
        self._blank(node, "gridBefore")
        return False

    def _close_row(self, node: Element) -> None:
        row, below = self._rows.pop(), self._below.pop()
        if self._is_deleted(node):
            self._story.close_row(None)
            return
        if row.texts:
            self._rows.append(row)
            self._blank(node, "gridAfter")
            self._rows.pop()
        self._above[-1] = below
        self._story.close_row(row)

    def _is_deleted(self, row: Element) -> bool:
        return row.find(f"{self._word}trPr/{self._word}del") is not None

    def _blank(self, row: Element, name: str) -> None:
        """Columns of the grid in which the row has no cell: they count as positions, but not as cells."""
        node = row.find(f"{self._word}trPr/{self._word}{name}")
        if node is not None and node.get(f"{self._word}val") != "0":
            self._rows[-1].add("", span(node.get(f"{self._word}val")), Span.FROM_LEFT)

    def _open_cell(self, _: Element) -> bool:
        self._story.open_cell()
        return False

    def _close_cell(self, node: Element) -> None:
        text = self._story.close_cell()
        settings = node.find(f"{self._word}tcPr")
        values = {} if settings is None else {child.tag: child.get(f"{self._word}val") or "" for child in settings}
        width = span(values.get(f"{self._word}gridSpan"))
        merged = values.get(f"{self._word}vMerge")
        goes_on = values.get(f"{self._word}hMerge", "restart") != "restart"
        self._place(text, width, merged, goes_on)

    def _place(self, text: str, width: int, merged: str | None, goes_on: bool) -> None:
        """Put a cell in its row. `merged` is its vMerge (None: not merged), `goes_on` that it goes on from its left.

        A covered cell has no text of its own. One that has, and does not lie below a cell of its width, is none.
        """
        row = self._rows[-1]
        column = len(row.texts)
        above = self._above[-1].get(column) if merged not in (None, "restart") else None
        if above is not None and (above.width == width or not text):
            row.add(above.text, width, Span.FROM_ABOVE, Span.FROM_ABOVE)
        elif goes_on and column and not text:
            row.add(row.texts[-1], width, Span.FROM_LEFT)
        else:
            row.add(text, width)
        if merged is not None:
            cell = above or _Merged(row.texts[-1], width)
            self._below[-1].update(dict.fromkeys(range(column, len(row.texts)), cell))


def _skip(_: Element) -> bool:
    return True
