"""word/document.xml as it is → its texts in tables with the runs around them, by their places in the source.

Only the tags that matter here are looked at; what is between them stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from govstats.correction.inplace._splices import Splice
from govstats.readers._office.docxmarks import STRICT, TRANSITIONAL

_PREFIX = re.compile(rf"""xmlns:([\w.-]+)\s*=\s*["'](?:{re.escape(TRANSITIONAL)}|{re.escape(STRICT)})["']""")
_NAMES = "tc|p|r|t|rPr|pPr|ins|moveTo|hyperlink|fldSimple|smartTag|customXml|sdtContent"
_AROUND_RUNS = {"hyperlink", "fldSimple", "smartTag", "customXml", "sdtContent"}
_SKIPPED = r"<!--.*?-->|<!\[CDATA\[.*?\]\]>"


@dataclass(slots=True)
class Run:
    """A run: where it begins and ends, its opening tag, where its content begins and ends, its settings
    (`<w:rPr>…</w:rPr>`), and the insertion by somebody else that it is a child of, as its opening tag."""

    start: int
    opened: str
    inner: int
    settings: str = ""
    inner_end: int = 0
    end: int = 0
    inserted: str = ""


@dataclass(slots=True)
class Words:
    """The content of a `w:t`, and where its tags begin and end."""

    start: int
    end: int
    tag: int
    tag_end: int
    run: Run
    paragraph: Paragraph


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its texts, the settings of its mark; `place` is where more can be put at its end. `cells`: in how
    many cells it stands, one in another. A paragraph without content (`<w:p/>`) is `alone`."""

    start: int
    place: int = 0
    cells: int = 0
    alone: str = ""
    settings: str = ""
    prefix: str = "w"
    words: list[Words] = field(default_factory=list)

    def with_more(self, content: str) -> Splice:
        """Content at its end."""
        if self.alone:
            opened = f"{self.alone[:-2].rstrip()}>"
            return Splice(self.start, self.start + len(self.alone), f"{opened}{content}</{self.prefix}:p>")
        return Splice(self.place, self.place, content)


@dataclass(frozen=True, slots=True)
class WordText:
    """The source, the prefix of its elements (`w`), its paragraphs in order."""

    source: str
    prefix: str
    paragraphs: list[Paragraph]

    @classmethod
    def of(cls, source: str, tables_only: bool = False) -> WordText:
        """Look through the part, or through its tables and what is between them."""
        match = _PREFIX.search(source)
        prefix = match[1] if match else "w"
        first = source.find(f"<{prefix}:tbl>") if tables_only else 0
        last = source.rfind(f"</{prefix}:tbl>") if tables_only else len(source)
        return cls(source, prefix, list(_Walk(source, prefix).paragraphs(max(first, 0), last)))


class _Walk:
    """Over the tags of the part, once."""

    def __init__(self, source: str, prefix: str) -> None:
        self._source, self._prefix = source, prefix
        attributes = r"""(?:[^<>"']|"[^"]*"|'[^']*')*?"""
        tag = rf"<(?P<end>/?){re.escape(prefix)}:(?P<name>{_NAMES})(?=[\s/>]){attributes}(?P<alone>/?)>"
        self._tags = re.compile(f"{_SKIPPED}|{tag}", re.DOTALL)
        self._open: list[Paragraph] = []
        self._runs: list[Run] = []
        self._parents: list[str] = []
        self._cells = 0
        self._settings: list[tuple[str, int]] = []
        self._words: tuple[int, int] | None = None

    def paragraphs(self, start: int, end: int) -> Iterator[Paragraph]:
        """In the order in which they begin, from one place of the source to another."""
        found: list[Paragraph] = []
        for tag in self._tags.finditer(self._source, start, end):
            name = tag["name"]
            if name is None:
                continue
            if name == "p" and not tag["end"]:
                found.append(self._paragraph(tag))
            elif tag["end"]:
                self._close(name, tag)
            elif not tag["alone"]:
                self._begin(name, tag)
        return iter(found)

    def _paragraph(self, tag: re.Match[str]) -> Paragraph:
        paragraph = Paragraph(tag.start(), tag.end(), self._cells, tag[0] if tag["alone"] else "", prefix=self._prefix)
        if not tag["alone"]:
            self._open.append(paragraph)
            self._parents.append("")
        return paragraph

    def _begin(self, name: str, tag: re.Match[str]) -> None:
        if name == "tc":
            self._cells += 1
        elif name in {"rPr", "pPr"}:
            self._settings.append((name, tag.start()))
        elif name in {"ins", "moveTo"} and not self._settings:
            self._parents.append(tag[0])
        elif name in _AROUND_RUNS:
            self._parents.append("")
        elif name == "r" and self._open:
            inserted = self._parents[-1] if self._parents else ""
            self._runs.append(Run(tag.start(), tag[0], tag.end(), inserted=inserted))
            self._parents.append("")
        elif name == "t" and self._runs:
            self._words = tag.start(), tag.end()

    def _close(self, name: str, tag: re.Match[str]) -> None:
        if name == "tc":
            self._cells -= 1
        elif name in {"rPr", "pPr"}:
            self._end_settings(tag)
        elif name in _AROUND_RUNS or (name in {"ins", "moveTo"} and not self._settings):
            del self._parents[-1:]
        elif name == "r" and self._runs:
            run = self._runs.pop()
            run.inner_end, run.end = tag.start(), tag.end()
            self._parents.pop()
        elif name == "t" and self._words and self._runs and self._open:
            begin, inner = self._words
            words = Words(inner, tag.start(), begin, tag.end(), self._runs[-1], self._open[-1])
            self._open[-1].words.append(words)
            self._words = None
        elif name == "p" and self._open:
            self._open.pop().place = tag.start()
            self._parents.pop()

    def _end_settings(self, tag: re.Match[str]) -> None:
        """Those of a run, or of the mark of a paragraph; those within a record of older ones are none."""
        name, begin = self._settings.pop()
        around = [outer for outer, _ in self._settings]
        if name == "rPr" and around == ["pPr"] and self._open:
            self._open[-1].settings = self._source[begin : tag.end()]
        elif name == "rPr" and not around and self._runs and self._runs[-1].inner == begin:
            self._runs[-1].settings, self._runs[-1].inner = self._source[begin : tag.end()], tag.end()
