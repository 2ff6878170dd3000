"""A name as printed → the key that all spellings of one body share.

人民政府 and 政府, 办公厅 and 办公室, 管委会 and 管理委员会, 街道 and 街道办事处, 黔东南州 and 黔东南苗族侗族自治州: one
body each.
A government and its office (政府办公室) stay two.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from govstats.catalog.agencies import agencies
from govstats.catalog.divisions import place_words
from govstats.identity.names import is_partial, without_state
from govstats.text.patterns import lazy

_JOINTS = lazy("(?<=[^省市县区州盟旗])[和与及]|[、·\"'“”《》]")
_WHOLE = lazy(r"^(?:中华人民共和国|全国)(?=.{2})|(?<=海关)关区$|系统$")
_OF_GOVERNMENT = lazy(r"(?<=[省市县区旗州盟])政府(?=[一-鿿]{1,8}(?:街道|镇|乡|苏木))")
_BRACKETED = lazy(r"\((?:本级|机关|本级机关|系统|本部)\)|本级(?:行政)?机关$|本级$")
_OFFICE = lazy(r"政府\(办公室\)|政办$|政府办$|政府办公厅|(?<!政)府办公室$")
_SETTLED = lazy(r"(?<=[省市县区旗州盟镇乡木道)])政府$|行政公署$|行署$|公署$")
_STREET = lazy(r"街道(?:办事处|办)|街办$")
_HIGH_TECH = lazy(r"高新?(?:技术)?(?:产业)?(?:技术)?开发区")
_ECONOMIC = lazy(r"经济(?:技术)?开发区")
_ZONE_BOARD = lazy(r"(?<=区)(?:管理委员会|管委会|管委)$")
_BANNER = lazy(r"(?:^|(?<=[盟市]))([一-鿿])[一-鿿]{1,3}(左|右)翼([前中后])旗")
_BRANCH = lazy(r"(?<=局)([一-鿿]{2,8}?)[市县区](?=分局$)")
_REGION = lazy(r"[一-鿿]+(?:省|市|县|区|州|盟|旗)")
_LONG_OFFICE = lazy(r"(?:办公室|办|厅|局|委员会|委|中心|处|公司)$")
_SHORTEST = 2


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """The key of a name; of 市财政局 and 财政局 too, though they leave open whose they are."""
    text = _WHOLE.sub("", _JOINTS.sub("", name))
    text = text.replace("人民政府", "政府")
    text = _BANNER.sub(r"\1\2\3旗", _peoples().sub(r"\1", text))
    text = _BRACKETED.sub("", _OFFICE.sub("政府办公室", text))
    text = _STREET.sub("街道", _OF_GOVERNMENT.sub("", text))
    text = _ECONOMIC.sub("经开区", _HIGH_TECH.sub("高新区", text))
    for each in agencies().short:
        if text.endswith(each.short):
            text = text.removesuffix(each.short) + each.full
            break
    text = _BRANCH.sub(r"\1", text)
    return _ZONE_BOARD.sub("", _SETTLED.sub("", text))


@cache
def _peoples() -> re.Pattern[str]:
    """黔东南(苗族侗族自治)州; the word before 自治 may be several peoples."""
    names = "|".join(sorted(place_words().peoples, key=len, reverse=True))
    return lazy(rf"(?<=[一-鿿]{{2}})(?:{names})+自治([州县旗区])")


def is_government(name_key: str) -> bool:
    """Is it the key of a government: 某市, 某市政府, and of none of its towns?"""
    return name_key.endswith("政府") or (_REGION.fullmatch(name_key) is not None and not name_key.endswith(_ZONES))


_ZONES = ("开发区", "高新区", "经开区", "园区", "度假区", "保税区", "示范区", "管理区", "景区", "矿区", "林区", "关区")


def is_government_office(name_key: str) -> bool:
    """The office of a government: 政府办公室, 政府办公厅."""
    return name_key.endswith("政府办公室")


def government_of(office: str) -> str:
    """某市政府办公室 → 某市."""
    return office.removesuffix("政府办公室")


def is_same(one: str, other: str) -> bool:
    """Do two keys surely mean one body: equal, or one with the place before it, or one short for the other?"""
    if one == other:
        return True
    long, short = (one, other) if len(one) >= len(other) else (other, one)
    if long.endswith(short):
        before = without_state(long[: -len(short)])
        return not before or ((is_partial(short) or before[-1] in "省市县区州盟旗镇乡团") and not _is_body(before))
    return _is_short_for(short, long)


def _is_body(before: str) -> bool:
    return _LONG_OFFICE.search(before) is not None or "政府" in before


def _is_short_for(short: str, long: str) -> bool:
    """经合局 for 经济合作局, 卫健委 for 卫生健康委员会, each behind the same place, or behind none."""
    place, head = _parted(short)
    full_place, full_head = _parted(long)
    if not (head and full_head) or len(head) > 4 or len(full_head) <= len(head) or head[0] != full_head[0]:
        return False
    if place and full_place and not (full_place.endswith(place) or place.endswith(full_place)):
        return False
    if head[-1] != full_head[-1] and not (head[-1] == "委" and full_head.endswith("委员会")):
        return False
    return _in_order(head[:-1], full_head)


def _parted(name: str) -> tuple[str, str]:
    match = re.match(r"([一-鿿]*(?:[省县区州盟旗]|市(?!场|政|容|管)))?([一-鿿]+(?:局|委|委员会|办|厅))$", name)
    return (match[1] or "", match[2]) if match else ("", "")


def _in_order(few: str, many: str) -> bool:
    at = 0
    for sign in few:
        at = many.find(sign, at) + 1
        if not at:
            return False
    return True
