"""Comments of a Word file: word/comments.xml with more of them, and what names it in the package if it is new."""

from __future__ import annotations

import posixpath
import re
from xml.sax.saxutils import escape, quoteattr

from govstats.correction.inplace._contract import CannotOperate, Signed
from govstats.correction.inplace._zip import Archive
from govstats.readers._office.docxmarks import STRICT

_TYPES = "[Content_Types].xml"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_STRICT_RELATION = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TARGET = re.compile(r"""<(?:\w+:)?Relationship\b(?=[^>]*\bType\s*=\s*["'][^"']*/relationships/comments["'])[^>]*>""")
_ID = re.compile(r"""\bw:id\s*=\s*["'](\d+)["']""")


class Comments:
    """The comments of the part `main` of a package, while more are added."""

    def __init__(self, package: Archive, main: str, namespace: str, signed: Signed) -> None:
        self._package, self._main, self._namespace = package, main, namespace
        self._signed = signed
        folder, name = posixpath.split(main)
        self._relations = f"{folder}/_rels/{name}.rels"
        self._part, self._text = self._existing(folder)
        self._next = max((int(number) for number in _ID.findall(self._text)), default=-1) + 1
        self._added: list[str] = []

    def add(self, note: str) -> int:
        """One more, a paragraph for each line; its number."""
        number = self._next + len(self._added)
        lines = "".join(
            f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in note.split("\n")
        )
        by = f"w:author={quoteattr(self._signed.author)} w:date={quoteattr(self._signed.date)}"
        self._added.append(f'<w:comment w:id="{number}" {by} w:initials="g">{lines}</w:comment>')
        return number

    def parts(self) -> dict[str, bytes]:
        """The parts that are other than before, or new."""
        if not self._added:
            return {}
        added = "".join(self._added)
        if self._text:
            return {self._part: before_end(self._text, "comments", added).encode()}
        comments = f'{_HEAD}<w:comments xmlns:w="{self._namespace}">{added}</w:comments>'
        return {self._part: comments.encode(), _TYPES: self._types().encode(), self._relations: self._named().encode()}

    def _existing(self, folder: str) -> tuple[str, str]:
        relation = _TARGET.search(self._package.text(self._relations))
        target = re.search(r"""\bTarget\s*=\s*["']([^"']+)["']""", relation[0]) if relation else None
        if target:
            name = posixpath.normpath(posixpath.join("/" + folder, target[1])).lstrip("/")
            return name, self._package.text(name)
        names = self._package.names
        free = (f"{folder}/comments{number or ''}.xml" for number in range(len(names) + 1))
        return next(name for name in free if name.lower() not in names), ""

    def _types(self) -> str:
        kind = f'<Override PartName="/{self._part}" ContentType="{_KIND}"/>'
        return before_end(self._package.text(_TYPES), "Types", kind)

    def _named(self) -> str:
        text = self._package.text(self._relations) or f'{_HEAD}<Relationships xmlns="{_RELATIONS}"></Relationships>'
        taken = set(re.findall(r"""\bId\s*=\s*["']([^"']+)["']""", text))
        name = next(each for number in range(1, len(taken) + 2) if (each := f"rIdG{number}") not in taken)
        kind = _STRICT_RELATION if self._namespace == STRICT else _RELATION
        target = posixpath.basename(self._part)
        return before_end(text, "Relationships", f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>')


def before_end(xml: str, name: str, more: str) -> str:
    """The element with more at its end. Raises CannotOperate if its names have another prefix than is usual."""
    prefix = "w:" if name == "comments" else ""
    ended = re.search(rf"</{prefix}{name}\s*>\s*\Z", xml)
    if ended:
        return xml[: ended.start()] + more + xml[ended.start() :]
    alone = re.search(rf"<{prefix}{name}\b([^>]*)/>\s*\Z", xml)
    if alone is None:
        raise CannotOperate(f"no end of {name}")
    return f"{xml[: alone.start()]}<{prefix}{name}{alone[1]}>{more}</{prefix}{name}>"
