"""Document → paragraphs of prose with their figures, in one script and width, place by place as printed; → Passages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from operator import add, itemgetter
from typing import NamedTuple

from govstats.model.claim import Quantity
from govstats.model.document import Document, Paragraph, Place
from govstats.prose.figures import Lines, figures_of
from govstats.prose.respective import SAYS_SO, respective
from govstats.prose.signs import NONE, signs_of
from govstats.prose.words import NUMERAL, says, words
from govstats.prose.wrapped import Wrapped, unwrapped, with_what_they_divide
from govstats.text.labels import simplified
from govstats.text.lexicon import Kinds
from govstats.text.patterns import lazy

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
_BREAKS = lazy("[,，;:。、()]")
_BRACKETS = lazy("[()。]")
_SENTENCE_MARKS = lazy(r"[,，;；。:：、]")
_LONGEST = 20_000
"""A longer paragraph is read in pieces."""
_CUTS = "。；;，,"
_SENTENCE = 1_000
"""So far from a figure its sentence may begin or end."""
_JOINS = ("和", "及", "与")
_MOST_FIGURES = 5_000
"""Ten times as many as the prose of the longest report; what has more is no report: the rest is told to be unread."""


class Figured:
    """A paragraph with its figures: `raw` as printed, `text` the same, character by character, simplified and half
    width; `line` is the number of its line, and `breaks` say where in the text (offset, line) further lines begin.
    `percents` are the numbers of the figures that are percentages; `signs` tell of which kinds it may hold words;
    `is_last`: nothing is written behind it. `heading`: the numbered line above it, as printed, empty if there is none.
    """

    def __init__(
        self,
        printed: Paragraph | Wrapped,
        text: str,
        figures: tuple[Quantity, ...],
        signs: Kinds = NONE,
        is_last: bool = False,
        heading: str = "",
    ) -> None:
        self.is_last, self.heading = is_last, heading
        self.printed, self.raw, self.line = printed, printed.text, printed.line
        self.text, self.figures, self.signs = text, figures, signs
        self.breaks = printed.breaks if isinstance(printed, Wrapped) else ()
        percent = "%" in text or "百分" in text or "‰" in text
        self.percents = [index for index, figure in enumerate(figures) if figure.family == "%"] if percent else []

    def place(self, position: int) -> Place:
        """The line that a character stands in."""
        at = bisect_right(self.breaks, position, key=itemgetter(0)) if self.breaks else 0
        return Place(0, self.breaks[at - 1][1] if at else self.line)

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


class Passage(Figured):
    """A paragraph laid out around its figures.

    `gaps[i]` is the text between the figures i − 1 and i, `labels[i]` the words before figure i, back to the last mark
    of punctuation or figure, `names[i]` the same, or in 甲、乙分别为 3 件、1 件 its own of those names, `tails[i]`
    the words after it, up to the next. `depths[i]` are the brackets around figure i, `sentences[i]` and `segments[i]`
    count the full stops, and the full stops and semicolons, before it.
    """

    def __init__(self, figured: Figured) -> None:
        text, figures = figured.text, figured.figures
        super().__init__(figured.printed, text, figures, figured.signs, figured.is_last, figured.heading)
        self.gaps = gaps = _gaps(text, figures)
        words = [_BREAKS.split(gap) for gap in (gaps if " " not in text else [gap.replace(" ", "") for gap in gaps])]
        self.labels = [around[-1] for around in words[:-1]]
        if ":" in text:
            self.labels = [label or _counted_before(gap) for label, gap in zip(self.labels, gaps, strict=False)]
        if ")" in text:
            self.labels = [_around_bracket(gap) or label for label, gap in zip(self.labels, gaps, strict=False)]
        self.tails = [around[0] for around in words[1:]]
        self._respective = respective(gaps) if any(word in text for word in SAYS_SO) else {}
        own = self._respective
        self.names = [own.get(at, label) for at, label in enumerate(self.labels)] if own else self.labels
        last = figures[-1].start if figures else 0
        self.sentences = self.segments = _counted(gaps, "。", last if "。" in text[:last] else 0)
        if ";" in text:
            self.segments = list(map(add, self.sentences, _counted(gaps, ";", last)))
        self.depths = _depths(_closed(gaps)[:-1]) if "(" in text else [0] * len(figures)

    def begins_sentence(self, index: int) -> bool:
        """Does no figure stand before it in its sentence, so that it is no part of another?"""
        return index == 0 or self.sentences[index - 1] != self.sentences[index]

    def is_respective(self, index: int) -> bool:
        """Does the figure stand in such a list?"""
        return index in self._respective

    def is_cut_off(self, index: int) -> bool:
        """Does the whole text break off in the midst of the figure's sentence, behind words and without a mark?"""
        end = self.gaps[-1].rstrip()
        return self.is_last and end[-1:].isalnum() and "。" not in end and self.sentences[index] == self.sentences[-1]

    def about(self, index: int) -> str:
        """The words before and after a figure; those after it only if the next figure does not own them."""
        tail = self.tails[index]
        if tail.endswith(_JOINS):  # 10 件建议和 28 件提案
            return self.labels[index] + tail
        owned = (
            index + 1 < len(self.figures) and tail == self.labels[index + 1] and len(self.gaps[index + 1]) == len(tail)
        )
        return self.labels[index] + ("" if owned else tail)


def _counted(gaps: list[str], mark: str, last: int) -> list[int]:
    """How many of the marks stand before each figure; none, if there are none before the last."""
    return list(accumulate([gap.count(mark) for gap in gaps[:-1]])) if last else [0] * (len(gaps) - 1)


def _counted_before(gap: str) -> str:
    """新收申请数量：142 件; 新收申请（件）：142: the words before a colon that name a number."""
    match = _NUMBER_OF.search(gap) if ":" in gap else None
    return match[1].replace(" ", "") if match else ""


_NUMBER_OF = lazy(
    r"(?:^|[,，;:。、()])([^,，;:。、()]*(?:数量|件数|总数|总量)|[^,，;:。、()]+(?=\([件宗份条]\)))"
    r"(?:\([件宗份条]\))?: *$"
)


def _around_bracket(gap: str) -> str:
    """，无法提供(不掌握)的 48 件: the words around a bracket that stands in the midst of them."""
    match = _IN_THE_MIDST.search(gap) if ")" in gap else None
    return (match[1] + match[2]).replace(" ", "") if match else ""


_IN_THE_MIDST = lazy(r"[,，;:。、]([^,，;:。、()\d]+)\([^()]*\)([^,，;:。、()]*)$")


def _gaps(text: str, figures: tuple[Quantity, ...]) -> list[str]:
    """The texts before, between and behind the figures."""
    found, behind = [], 0
    for figure in figures:
        found.append(text[behind : figure.start])
        behind = figure.end
    return [*found, text[behind:]]


def _closed(gaps: list[str]) -> list[str]:
    """The gaps without the brackets that their sentence opens and never closes: nobody knows what stands in them."""
    open_: list[tuple[int, int]] = []
    lost: list[tuple[int, int]] = []
    for number, gap in enumerate(gaps):
        for match in _BRACKETS.finditer(gap):
            if match[0] == "(":
                open_.append((number, match.start()))
            elif match[0] == "。":
                lost, open_ = lost + open_, []
            elif open_:
                open_.pop()
    closed = list(gaps)
    for number, at in lost:
        closed[number] = f"{closed[number][:at]},{closed[number][at + 1 :]}"
    return closed


def _depths(gaps: list[str]) -> list[int]:
    """The brackets that are open at the end of each gap."""
    depth, found = 0, []
    for gap in gaps:
        depth = 0 if "。" in gap else max(0, depth + gap.count("(") - gap.count(")"))
        found.append(depth)
    return found


class Prose(NamedTuple):
    """Paragraphs of a document; of what was too much to read, the first paragraph, and how many figures it has."""

    passages: list[Figured]
    unread: Figured | None = None
    unread_figures: int = 0


def prose(document: Document) -> Prose:
    """The paragraphs that may claim something: those with figures, or that say 未收到, 无."""
    may_tell = _telling().search
    written = with_what_they_divide(_written(document))
    paragraphs = [paragraph for paragraph in written if may_tell(paragraph.text)]
    texts = _comparable([paragraph.text for paragraph in paragraphs])
    counted = figures_of(Lines.of(texts))
    telling = [
        number
        for number, text in enumerate(texts)
        if (number in counted or says(text, "none_words")) and _is_prose(paragraphs[number].text)
    ]
    headings = _headings(paragraphs)
    signs = signs_of(Lines.of([texts[number] for number in telling]))
    made: list[Figured] = []
    count = 0
    for place, number in enumerate(telling):
        found = counted.get(number, [])
        is_last = paragraphs[number] is written[-1]
        sign = signs.get(place, NONE)
        passage = Figured(paragraphs[number], texts[number], tuple(found), sign, is_last, headings[number])
        count += len(found)
        if count > _MOST_FIGURES:
            return Prose(made, passage, sum(len(counted.get(each, ())) for each in telling[place:]))
        made.append(passage)
    return Prose(made)


def _headings(paragraphs: list[Paragraph | Wrapped]) -> list[str]:
    """For each paragraph the last numbered line above it; a number is a figure, so that none is missing here."""
    found: list[str] = []
    last = ""
    for paragraph in paragraphs:
        found.append(last)
        if len(paragraph.text) <= _LONGEST_HEADING and _NUMBERED.match(paragraph.text):
            last = paragraph.text
            found[-1] = ""
    return found


_LONGEST_HEADING = 40
_NUMBERED = lazy(r"\s*(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|[(（]?\d{1,2}[)）、.．])[^,，。;；\d]*$")


@cache
def _telling() -> re.Pattern[str]:
    """A character of those that every figure, and every word that denies, has one of, in either script."""
    wanted = {*NUMERAL, *(word[0] for word in words().none_words)}
    han = "".join(map(chr, range(0x4E00, 0xA000)))
    both = {one for one, other in zip(han, simplified("\n".join(han)).split("\n"), strict=True) if other in wanted}
    return lazy(rf"[\d{''.join(sorted(wanted | both))}]")


def _written(document: Document) -> list[Paragraph | Wrapped]:
    """The paragraphs, none too long; in a plain text sentences that were broken over lines are whole again."""
    lines: list[Paragraph | Wrapped] = [*document.paragraphs]
    whole = unwrapped(document.paragraphs) if document.kind == "text" else lines
    if len(document.text) <= _LONGEST or all(len(paragraph.text) <= _LONGEST for paragraph in whole):
        return whole
    return [piece for paragraph in whole for piece in _pieces(paragraph)]


def _pieces(paragraph: Paragraph | Wrapped) -> Iterator[Paragraph | Wrapped]:
    """A paragraph in pieces that can be read, cut at the ends of sentences as far as there are any."""
    text = paragraph.text
    if len(text) <= _LONGEST:
        yield paragraph
        return
    begin = 0
    while begin < len(text):
        end = min(len(text), begin + _LONGEST)
        if end < len(text):
            ends = (text.rfind(mark, begin, end) for mark in _CUTS)
            end = next((at + 1 for at in ends if at >= begin), end)
        yield Paragraph(text[begin:end], paragraph.line)
        begin = end


def _is_prose(text: str) -> bool:
    """A sentence, not a row or a cell that a reader has left among the paragraphs."""
    return len(text) > 6 and "|" not in text and "\t" not in text and _SENTENCE_MARKS.search(text) is not None


def _comparable(printed: list[str]) -> list[str]:
    """Texts in one script and width, each as long as it was, so that places stay places."""
    together = "\n".join(printed)
    if together.count("\n") >= len(printed):
        together = "\n".join([text.replace("\n", " ") for text in printed])
    for wide, half in _HALF:
        together = together.replace(wide, half)
    widths = together.split("\n") if printed else []
    found = simplified(together).split("\n") if printed else []
    if list(map(len, found)) == list(map(len, widths)):
        return found
    return [one if len(one) == len(other) else _same_length(other) for one, other in zip(found, widths, strict=True)]


def _same_length(text: str) -> str:
    found = simplified(text)
    if len(found) == len(text):
        return found
    return "".join(one if len(one := simplified(character)) == 1 else character for character in text)
