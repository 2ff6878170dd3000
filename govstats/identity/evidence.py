"""Passages → all mentions of an agency or a year, each with its kind; and what else helps to weigh them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from govstats.identity.cleaning import clean
from govstats.identity.dates import day_in
from govstats.identity.inner import without_inner_office
from govstats.identity.mentions import Kind, Mention
from govstats.identity.names import is_name, is_region
from govstats.identity.passages import Line, Passages
from govstats.identity.sentences import acting, spoken, unquoted
from govstats.identity.titles import Title, prepared, titles
from govstats.text.patterns import lazy

_TITLE_LENGTH = 60
_NAMED_IN_TITLES = "公开"
_PIECES = 3
_OTHER_PAGES = lazy(r"^(?:上一[篇条页]|下一[篇条页]|相关|附件|链接|推荐|更多)")
_PLACE = lazy(r"[省市县区州盟旗镇乡]|^国家|^中国|^全国")
_PIECE = lazy(r"[一-鿿()、·\d]{2,40}")
_ISSUER = "发布机构|发布单位|发布部门|发文机关|发文机构|发文单位|制发机关|公开责任部门|责任单位|编制单位|公开主体"
_ISSUER_LABEL = lazy(_ISSUER)
_ISSUED = lazy(rf"(?:{_ISSUER})\s*\]?\s*(?:[:：]\s*|\s)([一-鿿()（）、]{{2,40}})")
_SOURCE = lazy(r"(?:信息来源|来源|稿源|录入)\s*[:：]\s*([一-鿿()（）]{3,40})")
_SIGNED = lazy(r"([一-鿿()、]{2,40})\(?(20\d\d年\d{1,2}月\d{1,2}日)\)?")
_DATE_ALONE = lazy(r"\(?20\d\d年\d{1,2}月\d{1,2}日\)?")
_MONTH_ALONE = lazy(r"\(?20\d\d年\d{1,2}月\)?")
_TITLE_LABELS = ("标题", "名称", "信息名称", "文件名称", "题名", "信息标题")
_OVERVIEW = lazy(r"^(?:[一1][、.,]|-?(?:总体情况|概述))")
_WE = lazy(
    r"[我本](局|厅|委(?!员|托)|办(?!法|理|事)|院|校|镇|乡|街道|苏木|中心|大队|支队|队|站|所|处|社(?!会)|馆|公司|县|市|区(?!域)|州|省|旗|盟|关|署|部|大学)"
)
_SCHOOL_YEAR = lazy(r"20\d\d年?[-—–~至/]+20\d\d年?(?:学年|年度学年)|20\d\d学年")
_SAID_YEAR = lazy(r"(?<!\d)(20[0-3]\d)(?=年(?!度?(?:工作)?(?:要点|计划))(?!(?!12月31日)\d{1,2}月\d{1,2}日))")
_PLAN = lazy(
    r"^年(?:度)?[,，]?(?:我[一-鿿]{1,2}|[一-鿿]{2,14}?)?(?:将|计划|拟|要(?!求|点)|应|准备|打算|工作(?:计划|打算|思路))"
)
_SENTENCE = lazy(r"[。,;]")
_PERIOD_OR_REPORT = lazy(r"统计|期限|时限|所列|报告(?:如下)?$|年报|年度报告|工作报告")
_BROKEN = lazy(r"[一-鿿,、(《“]$")
_ITEM = lazy(r"\(?[一二三四五六七八九十\d]{1,2}[、.)]")
_NUMBERED = lazy(r"\([^()]{0,30}号\)|[〔\[【﹝(]20\d\d[〕\]】﹞)]?\d*号")
_KIND_ALONE = lazy(r"(?:20\d\d年?(?:度)?)?(?:政府|政务)?(?:信息|资讯|政务)公开|20\d\d年?(?:度)?$")
_SHORT, _BRIEF = 12, 10
_MOST_SUBJECTS, _MOST_ACTING, _MOST_TRIED = 2, 4, 10


class Evidence(NamedTuple):
    """What a document says. `we`: how often it calls itself 我局, 我镇 …; `years`: how often its text names each year.

    `text`: the sentences of the opening, in which relative names (市财政局) may be completed. `school`: it counts by
    school years, and no single calendar year is meant.
    """

    mentions: tuple[Mention, ...]
    signed: tuple[date, ...]
    we: Counter[str]
    years: Counter[int]
    text: str
    school: bool


def evidence(found: Passages, meta: Mapping[str, str], kind: str) -> Evidence:
    """All that is said in the passages, and in the meta data: the title, and the page header of a Word file."""
    printed = [line for line in found.head if not _OTHER_PAGES.match(line.text)]
    short = [line for line in printed if len(line.text) <= _TITLE_LENGTH]
    header = [Line(clean(text), text, 0) for text in meta.get("header", "").splitlines()]
    alone = list(_alone(found, meta.get("title", ""), [*header, *short]))
    whole = any(mention.name and mention.year for mention in alone)
    signatures = [*_signatures(found.head), *_signatures(found.tail)]
    mentions = [*alone, *(() if whole else [*_stacked(short, found, kind), *_stacked(header, found, "docx")])]
    mentions += _labelled(found)
    mentions += [Mention(Kind.SIGNED, name) for name, _ in signatures]
    mentions += [Mention(Kind.SIGNED, above.text) for above, below in pairwise(short[:2]) if _is_cover(above, below)]
    mentions += _prose(found)
    prose = "\n".join(line.text for line in found.opening if _is_prose(line.text))
    return Evidence(
        tuple(mentions),
        tuple(day for _, day in signatures if day),
        Counter(_WE.findall(prose)),
        Counter(_years(prose)),
        prose,
        any("学年" in line.text and _SCHOOL_YEAR.search(line.text) for line in found.opening),
    )


def _alone(found: Passages, meta_title: str, short: list[Line]) -> Iterator[Mention]:
    """Titles on one line, and what stands at the beginning of a longer one."""
    for text, line in _texts(found, meta_title, short):
        for title in titles(text):
            if not title.announced:
                yield Mention(Kind.TITLE, _without_party_office(title.agency), title.year, line)
    for long in found.head:
        if len(long.text) > _TITLE_LENGTH:
            first = titles(long.text[: 2 * _TITLE_LENGTH])
            if first and first[0].at_start and first[0].agency and first[0].year:
                yield Mention(Kind.TITLE, first[0].agency, first[0].year, long.number)


def _without_party_office(agency: str | None) -> str | None:
    """某镇党政办公室 writes for its town, also in a title; the office of a bureau may report for itself."""
    return without_inner_office(agency, strict=True) if agency and "党政" in agency else agency


def _texts(found: Passages, meta_title: str, short: list[Line]) -> Iterator[tuple[str, int]]:
    yield clean(meta_title), 0
    yield from ((line.text, line.number) for line in short)
    yield from ((clean(value), 0) for label, value in found.fields if label in _TITLE_LABELS)
    yield from ((cell, 0) for cell in found.cells if len(cell) <= _TITLE_LENGTH)


def _stacked(lines: list[Line], found: Passages, kind: str) -> Iterator[Mention]:
    """Titles over two or three lines. In pages and texts 某市人民政府 over one may be the site's, not the report's."""
    for title, pieces in _broken(lines, kind == "text"):
        if not _may_be_site(title, pieces) or kind not in ("text", "html"):
            yield Mention(Kind.TITLE, title.agency, title.year, pieces[0].number)
        elif found.head[0].number == pieces[0].number and pieces[1].number - pieces[0].number <= (
            1 if kind == "text" else 2
        ):
            yield Mention(Kind.STACKED, title.agency, title.year, pieces[0].number)
        else:
            yield Mention(Kind.DOUBTFUL, title.agency, title.year, pieces[0].number)


def _broken(lines: list[Line], is_text: bool) -> Iterator[tuple[Title, list[Line]]]:
    lines = [Line(prepared(text), printed, number) for text, printed, number in lines]
    for first in range(len(lines)):
        for last in range(first + 2, min(first + _PIECES, len(lines)) + 1):
            pieces = lines[first:last]
            if _NAMED_IN_TITLES not in "".join([line.text for line in pieces]):
                continue
            if _begins(pieces[0].text) and all(_continues(*pair, is_text) for pair in pairwise(pieces)):
                for title in titles("".join(line.text for line in pieces)):
                    if title.agency:
                        yield title, pieces


def _begins(text: str) -> bool:
    """Can a title begin with this line? It is a year, has a place in it, or is a name."""
    named = _undated(text).removesuffix("关于")
    return not named or is_name(named) or _PLACE.search(named) is not None or any(titles(text))


def _continues(above: Line, below: Line, is_text: bool) -> bool:
    """Can a title go on from one line to the next? Past a blank line only to its kind; never after a whole office."""
    if is_text and below.number - above.number > 1 and not _goes_on(above, below):
        return False
    return _PIECE.fullmatch(above.text) is not None and not (
        _is_office(_undated(above.text)) and _is_office_or_region(below.text)
    )


def _goes_on(above: Line, below: Line) -> bool:
    """关于…, or the year and kind of a report behind a body's name or a bare year."""
    if below.text.startswith("关于"):
        return True
    if below.number - above.number != 2:
        return False
    return _KIND_ALONE.match(below.text) is not None


def _undated(text: str) -> str:
    return re.sub(r"20\d\d年?(?:度)?", "", text)


def _is_office_or_region(text: str) -> bool:
    return is_name(re.sub(r"20\d\d年.*", "", text))


def _is_office(name: str) -> bool:
    return is_name(name) and not is_region(name)


def _may_be_site(title: Title, pieces: list[Line]) -> bool:
    """兰州市人民政府 over 2021年政府信息公开工作年度报告."""
    agency = title.agency or ""
    return agency == pieces[0].text and agency.endswith("政府") and not pieces[1].text.startswith("关于")


def _is_cover(above: Line, below: Line) -> bool:
    return _MONTH_ALONE.fullmatch(below.text) is not None and is_name(above.text)


def _labelled(found: Passages) -> Iterator[Mention]:
    """发布机构 and 来源, beside their labels, below them, or in a table."""
    for label, value in found.fields:
        if _ISSUER_LABEL.fullmatch(label):
            yield from _named(Kind.ISSUER, clean(value))
    issued = _ISSUER_LABEL.search("\n".join([line.text for line in found.head])) is not None
    for above, below in pairwise(found.head) if issued else ():
        if _ISSUER_LABEL.fullmatch(above.text):
            yield from _named(Kind.ISSUER, below.text)
    for line in found.head:
        if issued and _ISSUER_LABEL.search(line.text):
            for match in _ISSUED.finditer(line.spaced):
                yield from _named(Kind.ISSUER, clean(match[1]))
        if "来源" in line.text or "稿源" in line.text or "录入" in line.text:
            for match in _SOURCE.finditer(line.spaced):
                yield from _named(Kind.SOURCE, clean(match[1]))


def _named(kind: Kind, text: str) -> Iterator[Mention]:
    if is_name(text):
        yield Mention(kind, without_inner_office(text))


def _signatures(lines: tuple[Line, ...]) -> Iterator[tuple[str, date | None]]:
    """Names with a date behind or below them."""
    for line in lines:
        match = _SIGNED.fullmatch(line.text) if "日" in line.text else None
        if match and is_name(match[1]):
            yield match[1], day_in(match[2])
    for above, below in pairwise(lines):
        if _DATE_ALONE.fullmatch(below.text) and is_name(above.text):
            yield above.text, day_in(below.text)


def _prose(found: Passages) -> Iterator[Mention]:
    """What the paragraphs of the opening say."""
    acted, tried = 0, 0
    above = None
    for line in found.opening:
        if len(line.text) <= _SHORT:
            above = None
            continue
        broken = above is not None and _breaks_off(above, line)
        for mention in (*spoken(line.text), *(spoken(above.text + line.text) if above and broken else ())):
            yield mention._replace(line=line.number)
        above = line
        if tried < _MOST_TRIED and acted < _MOST_ACTING and _SENTENCE.search(line.text):
            tried += 1
            for mention in acting(line.text):
                later = mention.kind is Kind.SUBJECT and acted >= _MOST_SUBJECTS
                yield mention._replace(kind=Kind.ACTING if later else mention.kind, line=line.number)
                acted += 1


def _breaks_off(above: Line, below: Line) -> bool:
    """Is a sentence broken over the two lines, as where a text was taken from a page of print?"""
    return (
        below.number == above.number + 1
        and _BROKEN.search(above.text) is not None
        and _SENTENCE.search(above.text) is not None
        and not _ITEM.match(below.text)
    )


def _is_prose(text: str) -> bool:
    """A sentence or the heading of a section; no title, link or label."""
    return len(text) > _BRIEF and (_SENTENCE.search(text) is not None or _OVERVIEW.match(text) is not None)


def _years(prose: str) -> Iterator[int]:
    """The years of sentences that tell what was done: not of periods, announcements, notices and plans."""
    for sentence in re.split("[。;\n]", prose):
        if "20" not in sentence:
            continue
        plain = unquoted(sentence)
        plain = _NUMBERED.sub("", plain) if "号" in plain else plain
        if "年" not in plain or _PERIOD_OR_REPORT.search(plain):
            continue
        for match in _SAID_YEAR.finditer(plain):
            if not _PLAN.match(plain[match.end() : match.end() + 24]):
                yield int(match[1])
