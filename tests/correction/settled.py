"""A copy with tracked changes → the document with all of them accepted, or all rejected: by its XML, as Word does."""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_PARTS = {".docx": "word/document.xml", ".odt": "content.xml"}


def settled(content: bytes, suffix: str, accept: bool) -> bytes:
    """The document once its changes are settled."""
    if suffix == ".html":
        return _page(content, accept)
    part = _PARTS[suffix]
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read(part))
    (_word if suffix == ".docx" else _open_text)(root, accept)
    return replaced(content, {part: etree.tostring(root, encoding="utf-8", xml_declaration=True)})


def replaced(content: bytes, parts: dict[str, bytes]) -> bytes:
    """A package with other parts; new ones come last."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for info in old.infolist():
            new.writestr(info, parts.pop(info.filename, None) or old.read(info))
        for name, part in parts.items():
            new.writestr(name, part)
    return made.getvalue()


def insertions(content: bytes, suffix: str) -> list[str]:
    """The texts that are inserted."""
    if suffix == ".html":
        return re.findall(r"<ins [^>]*>([^<]*)</ins>", content.decode())
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read(_PARTS[suffix]))
    if suffix == ".docx":
        return ["".join(node.itertext()) for node in root.iter(f"{WORD}ins")]
    return [node.tail or "" for node in root.iter(f"{TEXT}change-start")]


def _word(root: etree._Element, accept: bool) -> None:
    gone, kept = ("del", "ins") if accept else ("ins", "del")
    for node in list(root.iter(f"{WORD}{gone}")):
        node.getparent().remove(node)
    for node in list(root.iter(f"{WORD}{kept}")):
        at = node.getparent().index(node)
        node.getparent()[at : at + 1] = list(node)
    for node in root.iter(f"{WORD}delText"):
        node.tag = f"{WORD}t"


def _open_text(root: etree._Element, accept: bool) -> None:
    deleted = {}
    for region in root.iter(f"{TEXT}changed-region"):
        told = region.find(f"{TEXT}deletion/{TEXT}p")
        deleted[region.get(f"{TEXT}id")] = "" if told is None else "".join(told.itertext())
    for node in list(root.iter(f"{TEXT}change")):
        _put(node, "" if accept else deleted[node.get(f"{TEXT}change-id")], node.tail or "")
    for node in list(root.iter(f"{TEXT}change-start")):
        _put(node, node.tail or "" if accept else "", "")
    for node in list(root.iter(f"{TEXT}change-end")):
        _put(node, "", node.tail or "")
    for node in list(root.iter(f"{TEXT}tracked-changes")):
        node.getparent().remove(node)


def _put(node: etree._Element, text: str, tail: str) -> None:
    """Text in place of a node, which goes."""
    before, parent = node.getprevious(), node.getparent()
    if before is not None:
        before.tail = (before.tail or "") + text + tail
    else:
        parent.text = (parent.text or "") + text + tail
    node.tail = None
    parent.remove(node)


def _page(content: bytes, accept: bool) -> bytes:
    gone, kept = (b"del", b"ins") if accept else (b"ins", b"del")
    content = re.sub(rb"<%s [^>]*>.*?</%s>" % (gone, gone), b"", content)
    return re.sub(rb"<%s [^>]*>(.*?)</%s>" % (kept, kept), rb"\1", content)
