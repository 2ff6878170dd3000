"""Document → Passages: paragraphs of prose with their figures, in one script and width, place by place as printed."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from govstats.document import Document, Paragraph
from govstats.prose.figures import Figure, figures
from govstats.prose.words import says
from govstats.text import simplified

_HALF = tuple(
    {chr(0xFF10 + digit): str(digit) for digit in range(10)}.items()
    | {
        "％": "%",
        "（": "(",
        "）": ")",
        "；": ";",
        "：": ":",
        "！": "。",
        "？": "。",
        "!": "。",
        "?": "。",
        "．": ".",
    }.items()
    | {"\u3000": " ", "\xa0": " ", "＋": "+", "【": "(", "】": ")"}.items()
)
_BREAKS = re.compile("[,，;:。、()]")
_SENTENCE_MARKS = re.compile(r"[,，;；。:：、]")
_LONGEST = 20_000
"""A longer paragraph is no prose."""
_SENTENCE = 1_000
"""So far from a figure its sentence may begin or end."""
_MOST_FIGURES = 5_000
"""Ten times as many as the prose of the longest report; what has more is no report, and is read no further."""


@dataclass(frozen=True)
class Passage:
    """A paragraph: `raw` as printed, `text` the same, character by character, simplified and half width.

    `gaps[i]` is the text between the figures i − 1 and i, `depths[i]` the brackets around figure i, `sentences[i]`
    and `segments[i]` count the full stops, and the full stops and semicolons, before it.
    """

    raw: str
    text: str
    line: int
    figures: tuple[Figure, ...]

    @cached_property
    def gaps(self) -> list[str]:
        """The texts before, between and behind the figures."""
        ends = [0, *(figure.end for figure in self.figures)]
        starts = [*(figure.start for figure in self.figures), len(self.text)]
        return [self.text[end:start] for end, start in zip(ends, starts, strict=True)]

    @cached_property
    def sentences(self) -> list[int]:
        """For each figure the full stops before it."""
        return list(accumulate(gap.count("。") for gap in self.gaps[:-1]))

    @cached_property
    def segments(self) -> list[int]:
        """For each figure the full stops and semicolons before it."""
        return list(accumulate(gap.count("。") + gap.count(";") for gap in self.gaps[:-1]))

    @cached_property
    def depths(self) -> list[int]:
        """For each figure the brackets that are open around it."""
        if "(" not in self.text:
            return [0] * len(self.figures)
        depth, found = 0, []
        for gap in self.gaps[:-1]:
            depth = 0 if "。" in gap else max(0, depth + gap.count("(") - gap.count(")"))
            found.append(depth)
        return found

    @cached_property
    def breaks(self) -> list[int]:
        """Where the marks of punctuation stand."""
        return [match.start() for match in _BREAKS.finditer(self.text)]

    @cached_property
    def labels(self) -> list[str]:
        """For each figure the words before it, back to the last mark of punctuation or figure."""
        found, behind = [], 0
        for figure in self.figures:
            mark = bisect_left(self.breaks, figure.start) - 1
            first = max(behind, self.breaks[mark] + 1 if mark >= 0 else 0)
            found.append(self.text[first : figure.start].replace(" ", ""))
            behind = figure.end
        return found

    @cached_property
    def tails(self) -> list[str]:
        """For each figure the words after it, up to the next mark of punctuation or figure."""
        found = []
        following = [*(figure.start for figure in self.figures[1:]), len(self.text)]
        for figure, ahead in zip(self.figures, following, strict=True):
            mark = bisect_left(self.breaks, figure.end)
            last = min(ahead, self.breaks[mark] if mark < len(self.breaks) else ahead)
            found.append(self.text[figure.end : last].replace(" ", ""))
        return found

    def about(self, index: int) -> str:
        """The words before and after a figure; those after it only if the next figure does not own them."""
        tail = self.tails[index]
        owned = (
            index + 1 < len(self.figures) and tail == self.labels[index + 1] and len(self.gaps[index + 1]) == len(tail)
        )
        return self.labels[index] + ("" if owned else tail)

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """The sentence (or sentences) around a stretch of text."""
        farthest = min(len(self.text), end + _SENTENCE)
        first = self._begin(start)
        last = self.text.find("。", end, farthest)
        while first < start and self.text[first] == " ":
            first += 1
        return first, farthest if last < 0 else last + 1

    def head(self, index: int) -> str:
        """The sentence up to a figure."""
        start = self.figures[index].start
        return self.text[self._begin(start) : start]

    def _begin(self, start: int) -> int:
        """Where the sentence begins, at most so far back as a sentence is long."""
        back = max(0, start - _SENTENCE)
        return max(back, self.text.rfind("。", back, start) + 1)


def passages(document: Document) -> list[Passage]:
    """The paragraphs that may claim something: those with figures, or that say 未收到, 无."""
    chosen = [paragraph for paragraph in document.paragraphs if _is_prose(paragraph.text)]
    made, count = [], 0
    for paragraph, text in zip(chosen, _comparable(chosen), strict=True):
        found = tuple(figures(text))
        count += len(found)
        if count > _MOST_FIGURES:
            break
        if found or says(text, "none_words"):
            made.append(Passage(paragraph.text, text, paragraph.line, found))
    return made


def _is_prose(text: str) -> bool:
    """A sentence, not a row or a cell that a reader has left among the paragraphs."""
    return (
        6 < len(text) <= _LONGEST and "|" not in text and "\t" not in text and _SENTENCE_MARKS.search(text) is not None
    )


def _comparable(paragraphs: list[Paragraph]) -> list[str]:
    """Texts in one script and width, each as long as it was, so that places stay places."""
    together = "\n".join(paragraph.text.replace("\n", " ") for paragraph in paragraphs)
    for wide, half in _HALF:
        together = together.replace(wide, half)
    widths = together.split("\n") if paragraphs else []
    found = simplified(together).split("\n") if paragraphs else []
    return [one if len(one) == len(other) else _same_length(other) for one, other in zip(found, widths, strict=True)]


def _same_length(text: str) -> str:
    found = simplified(text)
    if len(found) == len(text):
        return found
    return "".join(one if len(one := simplified(character)) == 1 else character for character in text)
