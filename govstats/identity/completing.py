"""A name that leaves open whose it is (市财政局) → the whole name, where the text prints it or names one such place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govstats.catalog.divisions import divisions
from govstats.catalog.places import place_of
from govstats.identity.names import is_fuller, is_name, is_partial
from govstats.identity.sentences import unquoted
from govstats.identity.spelling import key
from govstats.text.patterns import lazy

_LEVEL = lazy(r"自治区|[省市县区州盟旗]")
_LONGEST = 12
_LONGEST_NAME = 40
_LEADS = r"在|从|通过|利用|依托|借助|登录|登陆|访问|进入|经由|与|由|于"
"""What leads up to a site is no part of the name of its place."""
_SITE = lazy(
    rf"(?:{_LEADS}|[,、“\":]|^)(?!{_LEADS})([一-鿿]{{2,10}}?(?:自治区|[省市县区州盟旗]))(?:人民政府|政府)?(?:门户网站|入口网站|网站|政务网|网(?=[站(,。])|信息公开(?:平台|专栏|网)|信息中心)"
)
_ZONE = lazy(
    r"(?:^|[^一-鿿])([一-鿿]{2,8}?(?:经济技术开发区|经济开发区|高新技术产业开发区|高新技术开发区|高新区|经开区|工业园区|开发区))"
)
_SHORT_ENDS = (")", "”)", '")')
_WIDE = ("自治区", "省", "州", "盟", "旗", "县", "区")
_CITY_PROVINCES = ("北京市", "天津市", "上海市", "重庆市")
_FUNCTION = lazy(
    r"^(?:根据|按照|由|与|和|及|在|对|为|按|并|现|抓|从|以|向|请|经|据|成立|建立|设立|有|是|将|对于|关于|我|本|该|各|全)"
)


def completed(name: str, text: str) -> str | None:
    """The whole name, or None if nothing, or more than one thing, completes it. `text`: the opening."""
    if not is_partial(name):
        return _written_out(name, text)
    for found in (set(_printed(name, text)), set(_with_place(name, text)), set(_zones(name, text))):
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _written_out(name: str, text: str) -> str:
    """The full name where the text says that this one is short for it: 国家税务总局某区税务局(简称“某区税务局”)."""
    if not any(name + end in text for end in _SHORT_ENDS):
        return name
    for match in re.finditer(
        rf"([一-鿿]{{2,{_LONGEST_NAME}}})\((?:以下)?[简统下]称[:“\"]{{0,2}}{re.escape(name)}[”\"]?\)", text
    ):
        whole = next((match[1][at:] for at in range(len(match[1])) if _is_whole(match[1][at:], name)), name)
        if whole != name:
            return whole
    return name


def _is_whole(long: str, name: str) -> bool:
    return is_name(long) and is_fuller(long, name) and place_of(long).end > 0


def _printed(name: str, text: str) -> Iterator[str]:
    """The name with its place before it: 宣城市气象局 for 市气象局."""
    for match in re.finditer(re.escape(name), text):
        before = text[max(0, match.start() - _LONGEST) : match.start()]
        place = _division_at_end(before, name)
        if place:
            yield place + name
            continue
        standing = re.search(r"(?:^|[^一-鿿])([一-鿿]{2,8})$", before)
        if standing and not _FUNCTION.match(standing[1]) and _LEVEL.search((standing[1] + name)[2:]):
            whole = standing[1] + name
            if is_name(whole) and not is_partial(whole):
                yield whole


def _division_at_end(before: str, name: str) -> str | None:
    """The longest name of a division that ends where the name begins, or with its first word (宣城 before 市气象局)."""
    level = _LEVEL.match(name)
    known = divisions().written
    for start in range(len(before) - 1):
        if before[start:] + (level[0] if level else "") in known:
            return before[start:]
    return None


def _with_place(name: str, text: str) -> Iterator[str]:
    """The name behind the one place of its level that the text names."""
    level = _LEVEL.match(name)
    if not level or level[0] not in (*_WIDE, "市"):
        return
    places = {match for match in _SITE.findall(text) if match.endswith(level[0]) and not _FUNCTION.match(match)}
    if not places:
        places = {place for place in _divisions_in(text, level[0]) if level[0] != "市" or place in _CITY_PROVINCES}
    for place in places:
        yield place.removesuffix(level[0]) + name


def _divisions_in(text: str, level: str) -> Iterator[str]:
    known = divisions()
    for match in re.finditer(level, text):
        for start in range(max(0, match.start() - _LONGEST), match.start() - 1):
            name = text[start : match.end()]
            if name in known.written:
                yield name
                break
    if level == "自治区":
        yield from (row.name for row in known.rows if row.name.endswith(level) and known.stem(row) in text)


def _zones(name: str, text: str) -> Iterator[str]:
    """安顺经济技术开发区 for 经开区."""
    if "区" in name and not _LEVEL.match(name):
        own = key(name)
        for match in _ZONE.finditer(unquoted(text)):
            if key(match[1]).endswith(own) and not is_partial(match[1]) and not _FUNCTION.match(match[1]):
                yield match[1]
