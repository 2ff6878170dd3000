"""A Word file (docx) → Document: word/document.xml as it is printed, merged cells expanded."""

from __future__ import annotations

from collections.abc import Iterator

from govstats.errors import ReadError
from govstats.lang import Text
from govstats.model.document import Document
from govstats.readers._office.docxmarks import STRICT, TRANSITIONAL, pieces
from govstats.readers._office.docxruns import tell_apart, without_ballast
from govstats.readers._office.docxstory import DocxStory
from govstats.readers._office.kind import kind_by_head, kind_of
from govstats.readers._office.media import shown_in
from govstats.readers._office.package import Package
from govstats.readers._office.story import BREAK, Story
from govstats.readers._office.tree import Element, parse

SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")

_MAIN = "word/document.xml"
_RELATIONS = "_rels/.rels"
_TITLE = "docProps/core.xml"
_HEADERS = "word/header"
_MOST_HEADER_LINES = 6
_ELSEWHERE = ("altChunk", "subDoc")


def sniff(head: bytes) -> bool:
    """Is it a zip whose first members, or the list of content types that opens it, are those of a Word file?"""
    return kind_by_head(head) == "docx"


def owns(data: bytes) -> bool:
    """Is it a Word file, whatever part of it comes first?"""
    return kind_of(data) == "docx"


def read(data: bytes) -> Document:
    """A docx → Document. Raises ReadError if it is damaged, encrypted, or would not fit into memory."""
    package = Package(data, "docx")
    main = main_part(package)
    part = without_ballast(package.bytes_of(main, must=True))
    root = parse(part, f"docx: {main}")
    namespace = _namespace(root)
    word = f"{{{namespace}}}"
    for node in root.iter(*(word + name for name in _ELSEWHERE)):
        raise _stands_elsewhere(node.tag.removeprefix(word))
    tell_apart(root, word, package)
    told = DocxStory(Story()).of(pieces(root, namespace, BREAK)).told()
    header = package.lines(_HEADERS, word + "p")[:_MOST_HEADER_LINES]
    meta = package.title(_TITLE) | told.meta | ({"header": "\n".join(header)} if header else {})
    return Document("docx", "utf-8", tuple(told.blocks), meta)


def pictures(data: bytes) -> Iterator[bytes]:
    """The pictures that its text shows. Raises ReadError as `read` does."""
    package = Package(data, "docx")
    yield from shown_in(package, main_part(package))


def main_part(package: Package) -> str:
    """The part that the package names as its document: not every producer calls it word/document.xml."""
    if _MAIN in package or _RELATIONS not in package:
        return _MAIN
    for node in package.tree(_RELATIONS):
        if (node.get("Type") or "").endswith("/officeDocument"):
            return (node.get("Target") or "").lstrip("/")
    return _MAIN


def _namespace(root: Element) -> str:
    """The namespace of the elements."""
    for name in (TRANSITIONAL, STRICT):
        if root.tag == f"{{{name}}}document":
            return name
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
