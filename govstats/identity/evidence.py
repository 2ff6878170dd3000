"""Passages → what each part of a document says of its agency: titles, 发布机构, signatures, first sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from govstats.identity.cleaning import clean
from govstats.identity.dates import day_in
from govstats.identity.names import is_name, is_partial, is_region
from govstats.identity.passages import Line, Passages
from govstats.identity.titles import Title, titles

_TITLE_LENGTH = 60
_PIECES = 3
_OTHER_PAGES = re.compile(r"^(?:上一[篇条页]|下一[篇条页]|相关|附件|链接|推荐|更多)")
_PLACE = re.compile(r"[省市县区州盟旗镇乡]|^国家|^中国")
_PIECE = re.compile(r"[一-鿿()、·\d]{2,40}")
_OTHER_REPORTS = re.compile(r"各|所属|下属|审议|转发|学习|报送了|查看|参照")
_PUBLISHING = re.compile(
    r"^.{0,200}?(?:现将|现予?以?公布|现予?以?发布|现公开|特公布|兹公布|特编制|现编制|编制了?|公布|发布)"
)
_DRAWN_UP = re.compile(r"由([一-鿿()]{3,40}?)(?:负责|组织|牵头|依据|根据|按照)*(?:编制|编写|制作|撰写)")
_ACTING = re.compile(
    r"^(?:20\d\d年(?:度)?[,、]?)?([一-鿿()]{3,30}?)(?:认真|严格|坚持|深入|全面|高度|积极|持续|不断|始终|紧紧|进一步|在.{2,20}领导下)"
)
_ISSUER = "发布机构|发布单位|发布部门|发文机关|发文机构|发文单位|制发机关|公开责任部门|责任单位|编制单位|公开主体"
_ISSUER_LABEL = re.compile(_ISSUER)
_ISSUED = re.compile(rf"(?:{_ISSUER})\s*\]?\s*[:：]\s*([一-鿿()（）、]{{2,40}})")
_SIGNED = re.compile(r"([一-鿿()、]{2,40})\(?(20\d\d年\d{1,2}月\d{1,2}日)\)?")
_DATE_ALONE = re.compile(r"\(?20\d\d年\d{1,2}月\d{1,2}日\)?")
_TITLE_LABELS = ("标题", "名称", "信息名称", "文件名称")


class Evidence(NamedTuple):
    """What a document says. `doubtful` names come from a line above a title: a site's name looks the same."""

    titles: tuple[Title, ...]
    sentences: tuple[Title, ...]
    doubtful: tuple[str, ...]
    issuers: tuple[str, ...]
    signatures: tuple[str, ...]
    signed: tuple[date, ...]
    acting: tuple[str, ...]


def evidence(found: Passages, meta_title: str, is_text: bool) -> Evidence:
    """All that is said in the passages."""
    short = [line for line in found.head if len(line.text) <= _TITLE_LENGTH and not _OTHER_PAGES.match(line.text)]
    alone = [title for text in _texts(found, meta_title, short) for title in titles(text)]
    broken = [] if any(title.agency and title.year for title in alone) else list(_broken(short, is_text))
    sentences = [title for line in found.opening for title in in_sentences(line.text)]
    signatures = list(_signatures(found.head)) + list(_signatures(found.tail))
    return Evidence(
        (*alone, *(title for title, doubtful in broken if not doubtful)),
        tuple(sentences),
        tuple(title.agency for title, doubtful in broken if doubtful and title.agency),
        tuple(_whole(_issuers(found))),
        tuple(_whole(name for name, _ in signatures)),
        tuple(day for _, day in signatures if day),
        tuple(_whole(match[1] for line in found.opening for match in [_ACTING.match(line.text)] if match)),
    )


def _whole(names: Iterable[str]) -> Iterator[str]:
    return (name for name in names if is_name(name) and not is_partial(name))


def _texts(found: Passages, meta_title: str, short: list[Line]) -> Iterator[str]:
    yield clean(meta_title)
    yield from (line.text for line in short)
    yield from (clean(value) for label, value in found.fields if label in _TITLE_LABELS)


def _broken(lines: list[Line], is_text: bool) -> Iterator[tuple[Title, bool]]:
    """Titles over two or three lines, and whether the first line may be the name of the site."""
    for first in range(len(lines)):
        for last in range(first + 2, min(first + _PIECES, len(lines)) + 1):
            pieces = lines[first:last]
            if _begins(pieces[0].text) and all(_continues(*pair, is_text) for pair in pairwise(pieces)):
                for title in titles("".join(line.text for line in pieces)):
                    if title.agency:
                        yield title, _may_be_site(title.agency, pieces)


def _begins(text: str) -> bool:
    """Can a title begin with this line? It is a year, has a place in it, or is a name."""
    named = _undated(text)
    return not named or is_name(named) or _PLACE.search(named) is not None or any(titles(text))


def _continues(above: Line, below: Line, is_text: bool) -> bool:
    """Can a title go on from one line to the next? Past a blank line only with 关于; never after a whole office."""
    if is_text and below.number - above.number > 1 and not below.text.startswith("关于"):
        return False
    return _PIECE.fullmatch(above.text) is not None and not (
        _is_office(_undated(above.text)) and _is_office_or_region(below.text)
    )


def _undated(text: str) -> str:
    return re.sub(r"20\d\d年(?:度)?", "", text)


def _is_office_or_region(text: str) -> bool:
    return is_name(re.sub(r"20\d\d年.*", "", text))


def _is_office(name: str) -> bool:
    return is_name(name) and not is_region(name)


def _may_be_site(agency: str, pieces: list[Line]) -> bool:
    """兰州市人民政府 over 2021年政府信息公开工作年度报告."""
    return agency == pieces[0].text and agency.endswith("政府") and not pieces[1].text.startswith("关于")


def in_sentences(text: str) -> Iterator[Title]:
    """Sentences that publish this report: 现公布某市某局2021年…; 本报告由某局编制."""
    if len(text) > _TITLE_LENGTH or _PUBLISHING.match(text):
        for sentence in re.split("[。;]", text):
            if _PUBLISHING.match(sentence) and not _OTHER_REPORTS.search(sentence):
                yield from (title for title in titles(sentence) if title.agency and title.year)
    for match in _DRAWN_UP.finditer(text):
        if is_name(match[1]):
            yield Title(match[1], None)


def _issuers(found: Passages) -> Iterator[str]:
    for label, value in found.fields:
        if _ISSUER_LABEL.fullmatch(label):
            yield clean(value)
    for line in found.head:
        if _ISSUER_LABEL.search(line.text):
            yield from (clean(match[1]) for match in _ISSUED.finditer(line.spaced))


def _signatures(lines: tuple[Line, ...]) -> Iterator[tuple[str, date | None]]:
    """Names with a date behind or below them."""
    for line in lines:
        match = _SIGNED.fullmatch(line.text)
        if match and is_name(match[1]):
            yield match[1], day_in(match[2])
    for above, below in pairwise(lines):
        if _DATE_ALONE.fullmatch(below.text) and is_name(above.text):
            yield above.text, day_in(below.text)
