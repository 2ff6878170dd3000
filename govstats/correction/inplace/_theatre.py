"""Marks at texts of a Word file → splices of its part: runs cut in pieces, deletions, insertions, ends of comments."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from govstats.correction.inplace._comments import Comments
from govstats.correction.inplace._contract import Mark, Signed
from govstats.correction.inplace._figures import Range, figure_of, written
from govstats.correction.inplace._sentences import sentence_at
from govstats.correction.inplace._splices import Splice
from govstats.correction.inplace._word import Paragraph, Run, Words, WordText

Spot = Words | Paragraph
"""A text; a paragraph in which there is none."""


class _Cut(NamedTuple):
    """Of a text from `start` to `end`: what takes its place, between runs."""

    words: Words
    start: int
    end: int
    markup: str


class Theatre:
    """Where a part is operated on: the marks, one after the other; then all splices."""

    def __init__(self, text: WordText, comments: Comments, signed: Signed) -> None:
        self._text, self._comments = text, comments
        self._w = text.prefix
        self._by = f"{self._w}:author={quoteattr(signed.author)} {self._w}:date={quoteattr(signed.date)}"
        ids = re.findall(rf"""\b{re.escape(self._w)}:id\s*=\s*["'](\d+)["']""", text.source)
        self._next = max(map(int, ids), default=0) + 1
        self._cuts: defaultdict[int, list[_Cut]] = defaultdict(list)
        self._more: list[Splice] = []

    def make(self, mark: Mark, spots: Sequence[Spot]) -> bool:
        """Make a mark, at these texts if it is one of a cell; False if that cannot be."""
        if mark.sentence:
            return self._at_sentence(mark)
        words = [spot for spot in spots if isinstance(spot, Words)]
        pieces = [Range(each.start, each.end) for each in words]
        found = figure_of(pieces, self._text.source, mark.raw) if spots else None
        if found is None:
            return False
        ranges, old = found
        places = [(next(each for each in words if each.start <= at.start < each.end), at) for at in ranges]
        if not words:
            self._in_empty(next(spot for spot in spots if isinstance(spot, Paragraph)), mark)
        elif not places:
            self._around([(words[-1], Range(words[-1].end, words[-1].end))], mark, old)
        else:
            self._around(places, mark, old)
        return True

    def splices(self) -> Iterator[Splice]:
        """All that is to be put into the source."""
        return chain(
            self._more,
            (
                Splice(cuts[0].words.run.start, cuts[0].words.run.end, self._rebuilt(cuts))
                for cuts in self._cuts.values()
            ),
        )

    def _around(self, places: Sequence[tuple[Words, Range]], mark: Mark, old: str) -> None:
        """The comment around what stands there; with a new figure this struck, and that behind it."""
        opened, closed = self._comment(mark.note)
        last = len(places) - 1
        for number, (words, at) in enumerate(places):
            is_first, is_last = number == 0, number == last
            if mark.new is None:
                self._cut(words, Range(at.start, at.start), opened * is_first)
                self._cut(words, Range(at.end, at.end), closed * is_last)
                continue
            gone = self._deleted(words.run, self._text.source[at.start : at.end])
            new = self._inserted(words.run, written(mark.new, old)) if is_last else ""
            self._cut(words, at, opened * is_first + gone + (new + closed) * is_last)

    def _in_empty(self, paragraph: Paragraph, mark: Mark) -> None:
        opened, closed = self._comment(mark.note)
        run = Run(0, f"<{self._w}:r>", 0, _of_a_run(paragraph.settings, self._w))
        new = "" if mark.new is None else self._inserted(run, written(mark.new, ""))
        self._more.append(paragraph.with_more(opened + new + closed))

    def _at_sentence(self, mark: Mark) -> bool:
        for paragraph in self._text.paragraphs:
            pieces = [Range(each.start, each.end) for each in paragraph.words]
            if found := sentence_at(self._text.source, pieces, mark.sentence):
                opened, closed = self._comment(mark.note)
                for each in paragraph.words:
                    if each.start <= found.start < each.end:
                        self._cut(each, Range(found.start, found.start), opened)
                    if each.start < found.end <= each.end:
                        self._cut(each, Range(found.end, found.end), closed)
                return True
        return False

    def _cut(self, words: Words, at: Range, markup: str) -> None:
        if markup:
            self._cuts[words.run.start].append(_Cut(words, at.start, at.end, markup))

    def _comment(self, note: str) -> tuple[str, str]:
        w, number = self._w, self._comments.add(note)
        reference = f'<{w}:r><{w}:commentReference {w}:id="{number}"/></{w}:r>'
        return f'<{w}:commentRangeStart {w}:id="{number}"/>', f'<{w}:commentRangeEnd {w}:id="{number}"/>{reference}'

    def _deleted(self, run: Run, text: str) -> str:
        w = self._w
        gone = f'<{w}:delText xml:space="preserve">{text}</{w}:delText>'
        return f"<{w}:del {self._id()} {self._by}>{run.opened}{run.settings}{gone}</{w}:r></{w}:del>"

    def _inserted(self, run: Run, text: str) -> str:
        """Behind the insertion of somebody else that the run is part of, not in it."""
        w = self._w
        new = f"{run.opened}{run.settings}<{w}:t>{escape(text)}</{w}:t></{w}:r>"
        new = f"<{w}:ins {self._id()} {self._by}>{new}</{w}:ins>"
        outer = re.match(r"<([\w.:-]+)", run.inserted)
        return f"</{outer[1]}>{new}{run.inserted}" if outer else new

    def _id(self) -> str:
        self._next += 1
        return f'{self._w}:id="{self._next - 1}"'

    def _rebuilt(self, cuts: list[_Cut]) -> str:
        """A run in pieces, each with the settings that it had, and what stands between them."""
        run, source, w = cuts[0].words.run, self._text.source, self._w
        pieces: list[str] = []
        at, within, content = run.inner, None, ""

        def text(start: int, end: int) -> str:
            return f'<{w}:t xml:space="preserve">{source[start:end]}</{w}:t>' if start < end else ""

        def piece(content: str) -> str:
            return f"{run.opened}{run.settings}{content}</{w}:r>" if content else ""

        for words, start, end, markup in sorted(cuts, key=lambda cut: cut[1:3]):
            if within is not words:
                content += (
                    text(at, within.end) + source[within.tag_end : words.tag] if within else source[at : words.tag]
                )
                at, within = words.start, words
            content += text(at, start)
            pieces += [piece(content), markup]
            at, content = end, ""
        rest = text(at, within.end) + source[within.tag_end : run.inner_end] if within else ""
        return "".join([*pieces, piece(rest)])


def _of_a_run(settings: str, w: str) -> str:
    """The settings of the mark of a paragraph as those of a run: without what tells how the mark was changed."""
    records = rf"<{w}:(?:ins|del|moveFrom|moveTo)\b[^>]*/>|<{w}:rPrChange\b.*?</{w}:rPrChange>"
    return re.sub(records, "", settings, flags=re.DOTALL)
