"""Lines of a plain text → its paragraphs: sentences that were broken over lines, whole again; lines keep their numbers.

A line goes on in the next if it ends in a comma, or if it is as long as the text is wide and ends no sentence.
Headings, items of lists, rows of tables and what a page prints around a report begin and end no such lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govstats.model.document import Paragraph
from govstats.text.patterns import lazy

_CLOSES = ("。", "；", ";", "！", "!", "？", "?", "：", ":", "…")
_QUOTES = "”’\"')）》】"
_OPENS = ("，", "、", ",", "（", "(", "《", "“")
_MARK = lazy(r"[，、。；：,;:]")
_HAN = lazy(r"[一-鿿㐀-䶿]")
_SAYS = lazy(r"[一-鿿㐀-䶿]|[。；]$")
"""Words, or the end of a sentence: 95.04%。"""
_NEVER_FIRST = ("，", "。", "、", "；", "）", "％", "%")
_BEGINS = lazy(
    r"[一二三四五六七八九十]{1,3}(?:[、.．]|(?:是|要)(?!否))|第[一二三四五六七八九十\d]{1,3}(?:[章节節部]|$)"
    r"|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]|\d{1,2}[、)）.．](?!\d)|[①-⑳⑴-⒇⒈-⒛㈠-㈩]"
    r"|[-—*•·●◆■□○★▲※>#]|附[件表注]?\d*[:：]|注[:：]"
    r"|(?:联系|聯繫)?(?:电话|電話|地址|邮编|郵編|网址|来源|來源|作者|编辑|編輯|浏览|瀏覽|打印|关闭|分享|上一篇|下一篇|主办|承办|版权|发布)"
)
"""What stands at the beginning of a line of its own."""
_ENDS_A_TITLE = lazy(r"(?:报告|報告|情况|情況|通知|公告|一览表|统计表)$")
_NARROWEST = 15
"""A text of fewer characters in a line is no text."""
_UNEVEN = 2
"""So many characters may a full line be shorter than the longest: no line begins with a comma."""
_LONGEST = 20_000
_DIVIDES = lazy(r"\s*在?(?:所有|全部)?(?:主[动動])?公[开開]的(?:政府|各[类類])*(?:信息|[资資][讯訊])[当當]?中[,，:：]")
_SEMICOLONS = ("；", ";")
_LIST_GOES_ON = (*_SEMICOLONS, "：", ":")
_LISTS = lazy(
    r"\s*(?:其中[，,：:]?|具体(?:包括|为|是|有)[：:]?|包括[：:]?)[^\d，,。；;：:、]{2,20}\d{1,6}[条條件篇份][、，,；;]"
)
_KINDS = lazy(
    r"\s*(?:[(（]?[二三四五六\d][)）、.．]{1,2}\s*)?(?:主[动動])?(?:公[开開])?(?:的)?(?:政府)?信息的?(?:主要)?"
    r"[类類][别別](?:情[况況])?(?:[:：]|包括|有|[为為])"
)
_AMOUNT = lazy(r"[数數]量[^。；;\d]{0,16}(?:\d{4}年[^。；;\d]{0,24})?\d+[条條][。]$")
"""（一）主动公开政府信息的数量：共 192 条。|（二）主动公开政府信息的类别：党政类 147 条，文件类 47 条。"""
_LONGEST_TOTAL = 60
_MAY_BEGIN = frozenset('在主其具包"“(（0123456789①②③④⑤⑥⑦⑧⑨⑩ \u3000\xa0')
"""What begins paragraphs that may belong to the one above; few others do."""
_COUNTED_LAST = lazy(r"[：:；;，,][^\d，,。；;]{2,20}\d{1,6}[一-鿿]{1,3}[；;]$")
_COUNTED = lazy(r"\s*[^\d，,。；;：:、（(]{2,20}\d{1,6}[一-鿿]{1,3}(?:[。；;]|$)")
_LONGEST_COUNTED = 40
_LONGEST_ITEM = 1_000
_ITEM = lazy(r"\s*(?:\d{1,2}[.．、](?!\d)|[(（]\d{1,2}[)）]|[①-⑳])")
_FIGURE = lazy(r"\d\s*[一-鿿]")
_QUOTED = lazy(r"[“\"][^”\"\d]{2,16}[”\"]的?(?:有|为|共)?\d+[件宗份]")
_OF_ALL = lazy(r"[^\d]{0,120}其中[^\d,，。;；]{1,16}\d+[条條件][,，]?[占佔][总總](?:[体體]|[数數量])")


class Wrapped(NamedTuple):
    """A paragraph over several lines: its text, its first line, and where the others begin (offset, line)."""

    text: str
    line: int
    breaks: tuple[tuple[int, int], ...] = ()


def unwrapped(lines: list[Paragraph]) -> list[Paragraph | Wrapped]:
    """The lines of a text as the paragraphs that they make."""
    full = _full(lines)
    return [_joined(run) for run in _runs(lines, full)]


def with_what_they_divide(paragraphs: list[Paragraph | Wrapped]) -> list[Paragraph | Wrapped]:
    """A paragraph that begins with 在主动公开的信息中, or whose first figure is 占总体, is read with the one above it,
    which says how many there are; and so are the items of a list, each a paragraph."""
    found: list[Paragraph | Wrapped] = []
    above, last = "", ""
    for paragraph in paragraphs:
        text = paragraph.text
        may = text[:1] in _MAY_BEGIN or last in _SEMICOLONS or "其中" in text
        if found and may and _belongs_to(above, text):
            paragraph = found[-1] = _both(found[-1], paragraph)
            text = paragraph.text
        else:
            found.append(paragraph)
        above, last = text, text[-1:]
    return found


def _belongs_to(above: str, below: str) -> bool:
    return _divides_it(above, below) or _goes_on_listing(above, below)


def _divides_it(above: str, below: str) -> bool:
    return _divides(below) and not _DIVIDES.search(above) and _is_said(above, below)


def _goes_on_listing(above: str, below: str) -> bool:
    """其中：| 1.概况类 3 条；| 2.业务类 8 条。 解读 4 条；| 动态 3 条。 “同意公开”的 7 件。| “不予公开”的 1 件。
    公开信息 83 条。| 具体包括文件 1 条，公告 3 条。"""
    if len(below) > _LONGEST_ITEM or len(above) > _LONGEST:
        return False
    counted = len(above) <= _LONGEST_ITEM and above.endswith(_SEMICOLONS) and _COUNTED.match(below)
    if counted and _COUNTED_LAST.search(above[-_LONGEST_COUNTED:]):
        return True
    if above.endswith("。") and _LISTS.match(below) and _FIGURE.search(above[-_LONGEST_TOTAL:]):
        return True
    if _KINDS.match(below) and _AMOUNT.search(above[-_LONGEST_TOTAL:]):
        return True
    if above.endswith(_LIST_GOES_ON) and _ITEM.match(below):
        return _FIGURE.search(below) is not None
    return _QUOTED.match(below.lstrip()) is not None and _QUOTED.search(above) is not None


def _divides(text: str) -> bool:
    """Of what the paragraph above counts: 在主动公开的信息中, …; 其中政策类 25 条，占总体的 5%."""
    return _DIVIDES.match(text) is not None or ("其中" in text and _OF_ALL.match(text) is not None)


def _is_said(above: str, below: str) -> bool:
    """Is it a sentence, and are both short enough to be read together?"""
    return above.endswith("。") and len(above) + len(below) <= _LONGEST


def _both(above: Paragraph | Wrapped, below: Paragraph | Wrapped) -> Wrapped:
    length = len(above.text)
    breaks = [*_breaks(above), (length, below.line), *((length + at, line) for at, line in _breaks(below))]
    return Wrapped(above.text + below.text, above.line, tuple(breaks))


def _breaks(paragraph: Paragraph | Wrapped) -> tuple[tuple[int, int], ...]:
    return paragraph.breaks if isinstance(paragraph, Wrapped) else ()


def _runs(lines: Iterable[Paragraph], full: _Full) -> Iterator[list[Paragraph]]:
    run: list[Paragraph] = []
    length = 0
    for line in lines:
        if run and (length + len(line.text) > _LONGEST or not _goes_on(run[-1], line, full)):
            yield run
            run, length = [], 0
        run.append(line)
        length += len(line.text)
    if run:
        yield run


def _joined(run: list[Paragraph]) -> Paragraph | Wrapped:
    if len(run) == 1:
        return run[0]
    breaks, length = [], 0
    for line in run:
        breaks.append((length, line.line))
        length += len(line.text)
    return Wrapped("".join(line.text for line in run), run[0].line, tuple(breaks[1:]))


class _Full(NamedTuple):
    """From how many characters, and from how many columns, a line is full: texts are broken by either."""

    characters: int
    columns: int

    def holds(self, text: str) -> bool:
        return len(text) >= self.characters or _columns(text) >= self.columns


def _full(lines: list[Paragraph]) -> _Full:
    """As the longest lines, if two of them at least break off; else none is full."""
    sentences = [text for line in lines if not _is_row(text := line.text) and _MARK.search(text)]
    sizes = [(len(text), _columns(text), not _is_closed(text)) for text in sentences]
    return _Full(
        _limit([(size, broken) for size, _, broken in sizes], _UNEVEN, _NARROWEST),
        _limit([(size, broken) for _, size, broken in sizes], 2 * _UNEVEN, 2 * _NARROWEST),
    )


def _limit(sizes: list[tuple[int, bool]], uneven: int, narrowest: int) -> int:
    """How long a full line is at least; `sizes` are those of sentences, and whether they break off."""
    longest = max(sizes, default=(0, False))[0]
    full = sum(broken and size >= longest - uneven for size, broken in sizes)
    return longest - uneven if full > 1 and longest >= narrowest else 2 * _LONGEST


def _columns(text: str) -> int:
    """Two for a Chinese character."""
    return len(text.encode("gb18030", "replace")) if len(text) <= _LONGEST else 2 * len(text)


def _goes_on(above: Paragraph, below: Paragraph, full: _Full) -> bool:
    first, second = above.text, below.text
    if below.line != above.line + 1 or not _is_unfinished(first, second, full) or _is_row(first) or _is_row(second):
        return False
    return bool(_HAN.search(first) and _SAYS.search(second) and not _BEGINS.match(second))


def _is_unfinished(above: str, below: str, full: _Full) -> bool:
    """Does the line above end, or that below begin, as no sentence does?"""
    if below.startswith(_NEVER_FIRST):
        return not _is_closed(above)
    if above.endswith(_OPENS):
        return not (above.endswith(",") and below[:1].isdigit())
    return not _is_closed(above) and full.holds(above) and _is_broken(above, below)


def _is_closed(text: str) -> bool:
    """Does it end a sentence, within quotation marks or not?"""
    return text.rstrip(_QUOTES).endswith(_CLOSES)


def _is_broken(above: str, below: str) -> bool:
    """Is it one sentence, and not a title and what stands below it?"""
    alone = not _MARK.search(above) and (_BEGINS.match(above) or _ENDS_A_TITLE.search(above))
    return not alone and _MARK.search(below) is not None


def _is_row(text: str) -> bool:
    return "|" in text or "\t" in text or "  " in text
