"""Cleaned paragraphs of the opening → mentions: announcements, 由X编制, contacts, who acts in the overview."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from govstats.identity.inner import without_inner_office
from govstats.identity.mentions import Kind, Mention
from govstats.identity.names import is_name, is_pair, is_region
from govstats.identity.titles import prepared, stated, titles
from govstats.text.patterns import lazy

_NAME = r"[一-鿿()·]{2,40}?"
_BODIES = rf"{_NAME}(?:、{_NAME})?"
"""One, or two that report together."""
_INLINE_HEADING = lazy(r"(?<=[^\d一-鿿])(?=一[、,.](?:总体|概述|工作|基本|主动|20))|(?<=[告年])(?=一、(?:总体|概述))")
_STOP = lazy(r"[。;!]")
_NUMBERED = lazy(r"\([^()]{0,30}号\)|[〔\[【﹝(]20\d\d[〕\]】﹞)]?\d*号")
_QUOTED = lazy(r"《([^《》]{0,120})》")
_ANGLED = lazy(r"[<〈][^<>〈〉]{0,80}[>〉]")
_OWN_TITLE_BEFORE = lazy(
    r"(?:编制|编写|撰写|发布|公布|公开|形成|制作|报来|报送|印发|现将|现就)(?:了|完成|的|出)?(?:本级)?$"
)
_NOT_OWN = lazy(r"^(?:的?(?:通知|要求|规定|格式|制度|函|意见|有关|精神)|等)")
_OTHER_REPORTS = lazy(r"各(?!项|类)|所属|下属|审议|转发|学习|报送了|查看|参照")
_ANNOUNCED_AFTER = lazy(r"(?:报告|年报|总结|情况)[^。;]{0,12}(?:予以|进行|如下|公布|公开|发布|向社会|汇报|是根据|编制)")
_ITEM_OF_WORK = lazy(r"\(?[一二三四五六七八九十]{1,2}[是则]")
"""五是发布某局上一年度的年度报告: what was done in the year, and no introduction."""
_COMPILES = lazy(r"编制|编写|编办|编撰|编纂|撰写|制作|汇编|起草")
_BY = lazy(
    rf"(?<![自理事缘来情])由({_BODIES})(?=编制|编写|编办|编撰|编纂|撰写|制作|汇编|起草|根据|依据|按照|结合|综合(?!办|执法|行政|管|服|保)|汇总|负责|组织|牵头|遵照|参照|依照|会同|梳理|统计(?!局|厅|委|队)|于20|在|,|《)"
)
_SUMMED = lazy(
    rf"(?:综合|汇总|梳理|根据|依据|按照|依照|以|和|及|在|总结)(?:了)?(?:20\d\d年度?)({_BODIES})(?=各|政府各|人民政府各|及|市级|的|,|、|政府信息公开|政府系统|信息公开|政务公开)"
)
_SUMMED_OF = lazy(rf"(?:综合|汇总|梳理)(?:了)?(?:编制|编写|形成)?({_NAME})(?=20\d\d年)")
_CONSISTS = lazy(
    rf"(?:包括|涵盖|反映了?|介绍了?|回顾了)(?:20\d\d年度?)?({_NAME})(?=(?:在)?20\d\d年|政府信息公开|信息公开|政务公开|在政府信息)"
)
_CONTACT = lazy(
    rf"(?:请与|请直接与|可直接与|可与|直接与|请向|可向|请(?:直接|随时)?(?:联系|致电|咨询|联络|洽)|随时联系|联系(?:单位|部门|机构|方式)|^与|,与|咨询|洽)[:：]?({_NAME})(?=联系|联络|反映|咨询|查询|索取|沟通|接洽|\(|,|<|$|电话|地址|、|信息公开(?:机构|办))"
)
_AND_ANOTHER = lazy(rf"、({_NAME})(?=联系|联络|反映|咨询|查询|索取|沟通|接洽|\(|,|<|$|电话|地址)")
_ADDRESS = lazy(rf"地址[:：]?({_NAME})(?=[,)、。]|\d|$)")
_SITE = lazy(
    rf"(?:在|从|通过|登录|登陆|由|到|至|“|\"|以及|、|运用|利用|依托|,)({_NAME})[”\"]?(?:政府)?(?:门户网站|入口网站|互联网门户|官方网站|政务网站|网站|官网|信息公开网|微信公众号|官方微信|政务微信|微信订阅号|政务新媒体|政务网|(?<=政府)网)"
)
_GUIDE = lazy(rf"《({_NAME})(?:政府|机关)?信息公开(?:指南|目录)》")
_OWN_RULES = lazy(
    rf"[我本][局厅委办院校关队](?:[^《》,。]{{0,6}},)?(?:制定|制订|修订|印发|出台|发布|完善)(?:并[^《》,。]{{1,4}})?了?《({_NAME})(?=(?:政府|机关)?(?:信息|政务)公开|新媒体|网站|门户|信息发布)"
)
"""What it gives itself has its name: 我局印发了《某海事局新媒体管理办法》."""
_IN_CHARGE = lazy(
    rf"(?:^|,)({_NAME})(?:归口管理|归口负责|统一管理|牵头负责|具体负责|负责)(?:全局|全委|全厅|全院|全关|全队|局机关|本局)[^,。;]{{0,12}}(?:信息|政务)公开"
)
_GROUP = lazy(rf"成立(?:了|有|由)?({_NAME})(?=“|\"|政务公开|政府信息公开|信息公开)[^,。]{{0,20}}小组")
_YEAR_FIRST = lazy(
    r"^(?:\(?[一二三四五六1-6][)、.,]+)*(?:总体情况|概述|工作概述|基本情况)?[:：]?(?:(?:在|自|截至)?(?:20\d\d年?(?:度|来|以来|底|全年|期间)*|今年(?:以来)?|一年来|本年度|近年来|过去一年|全年)[,，]?)?(?:在)?"
)
_OPENER = lazy(
    r"坚持|认真|严格|深入|高度|紧紧|紧密|紧扣|全面|持续|始终|结合|依托|通过|将|把|以(?!上)|根据|按照|依照|依据|在|政府信息公开|信息公开|政务公开|党务政务|积极|不断|进一步|扎实|切实|共(?!和)|主动|全年|贯彻|落实|着力|聚焦|围绕|严守|强化|加强|加大|未(?!来)|没有|继续|充分|推进|遵循|遵照|秉持|秉承|牢固|立足|努力|精心|有序|稳步|深化|大力|重点|累计|及时|依法|对照|对标|锚定|为(?!民)|从|按|的政府信息|高位|能够|十分|非常|一直|组织|成立|建立|健全|办公室在|行政机关|各级|上下|创新|公开|制定|突出|我|不|多措|狠抓|抓|就|统筹|履行|牢牢|忠实|准确|完善|编制|编写|发布|公布|向社会|面向|现"
)
_PUBLISHES = lazy(r"(?:现|特|组织|向社会|面向社会)*(?:编制|编写|发布|公布|公开)")
_FUNCTION_TOWN = lazy(r"[对与按其][一-鿿]{1,2}(?:镇|乡|街道|苏木)(?:人民政府|政府|办事处)?")
_SKIPPED = lazy(
    r"^(?:根据|按照|依据|依照|遵照|为|围绕|在|自|随着|通过|以|经|对|按|由|现|结合|针对|作为|截至|截止|(?:现)?将|特|如|报告|本)"
)
_SYSTEM = lazy(r"([一-鿿]{2,14}(?:省|市|县|区|州|盟|旗|自治区))(?=各级|各部门|各单位|各地|各乡镇|各镇)")
_GOVERNMENT_OFFICE = lazy(r"(?<=政府)(?:办公室|办公厅)$")
_FIRST = ("一、", "一,", "一.")
_MOST_CLAUSES = 5
_MOST_OPENERS = 4


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph; a heading within it begins one. Numbers of notices are taken off."""
    text = _INLINE_HEADING.sub("。", text) if "一、" in text or "一," in text else text
    text = _NUMBERED.sub("", text) if "号" in text else text
    return [part for part in _STOP.split(text) if len(part) > 3]


@lru_cache(maxsize=1024)
def spoken(text: str) -> tuple[Mention, ...]:
    """What the sentences of a paragraph announce, and whom they name as contact or as owner of a site or guide."""
    return tuple(mention for sentence in _prepared(text) for mention in (*announcing(sentence), *contacts(sentence)))


@lru_cache(maxsize=1024)
def acting(text: str) -> tuple[Mention, ...]:
    """Who acts in the first sentence of a paragraph, and in that behind a heading within it."""
    said = _prepared(text)
    first = [sentence for at, sentence in enumerate(said) if at == 0 or sentence.startswith(_FIRST)]
    return tuple(mention for sentence in first for mention in subject(unquoted(sentence)))


def announcing(sentence: str) -> Iterator[Mention]:
    """Sentences that publish this report: 现公布某市某局2021年…; 由某局编制; 综合某市各部门…编制而成."""
    if _ITEM_OF_WORK.match(sentence):
        return
    yield from _own_titles(sentence)
    bare = unquoted(sentence)
    if "公开" not in bare and "编" not in bare:
        return
    if "报告" in bare or "年报" in bare or "情况" in bare or "总结" in bare:
        for title in stated(bare):
            others = _OTHER_REPORTS.search(bare)
            if title.announced or _ANNOUNCED_AFTER.search(bare):
                name = None if others and not title.agency else title.agency
                if name or title.year:
                    yield Mention(Kind.ANNOUNCED, name and _outer(name), title.year)
    yield from _frames(bare)


def _own_titles(sentence: str) -> Iterator[Mention]:
    if "《" not in sentence:
        return
    sentence = _ANGLED.sub("", sentence)
    for match in _QUOTED.finditer(sentence):
        inside, before = match[1], sentence[: match.start()]
        if "公开" not in inside or not (match.start() == 0 or _OWN_TITLE_BEFORE.search(before)):
            continue
        if _NOT_OWN.match(sentence[match.end() :]):
            continue
        for title in titles(inside):
            yield Mention(Kind.QUOTED, title.agency, title.year)


def unquoted(sentence: str) -> str:
    """The sentence without what it quotes: notices, laws, other titles."""
    if "《" in sentence or "<" in sentence or "〈" in sentence:
        sentence = _QUOTED.sub("《》", _ANGLED.sub("", sentence))
        sentence = _QUOTED.sub("《》", sentence)
    return sentence


def _frames(sentence: str) -> Iterator[Mention]:
    compiled = _COMPILES.search(sentence)
    if "由" in sentence and compiled:
        for match in _BY.finditer(sentence):
            rest = sentence[match.end() :]
            summed = rest.startswith(("综合", "汇总", "梳理"))
            if _COMPILES.search(rest[:130]) and is_name(match[1]):
                name = _GOVERNMENT_OFFICE.sub("", match[1]) if summed else _compiler(match[1])
                yield Mention(Kind.CONSISTS if summed else Kind.COMPILED, name)
    if compiled or "公开" in sentence:
        for pattern in (_SUMMED, _SUMMED_OF) if compiled else ():
            for match in pattern.finditer(sentence):
                if is_name(match[1]) and not _OTHER_REPORTS.search(match[1]):
                    yield Mention(Kind.CONSISTS, match[1])
        for match in _CONSISTS.finditer(sentence) if "包括" in sentence or "涵盖" in sentence else ():
            if is_name(match[1]):
                yield Mention(Kind.CONSISTS, match[1])


def contacts(sentence: str) -> Iterator[Mention]:
    """请与某局办公室联系: the body without its inner office; and who owns the site, the account or the guide."""
    if "联" in sentence or "咨询" in sentence or "请" in sentence or "洽" in sentence:
        for match in _CONTACT.finditer(sentence):
            name = without_inner_office(match[1])
            if is_name(name):
                yield Mention(Kind.CONTACT, _with_another(name, match, sentence))
                break
        if "地址" in sentence:
            for match in _ADDRESS.finditer(sentence):
                name = without_inner_office(match[1])
                if is_name(match[1]) and not is_region(name) and name[-1] not in "院楼处区路号所心":
                    yield Mention(Kind.CONTACT, name)
    if "网" in sentence or "微信" in sentence:
        for match in _SITE.finditer(sentence):
            name = match[1]
            if is_name(name):
                yield Mention(Kind.OWNER, name)
    if "成立" in sentence and "小组" in sentence:
        for match in _GROUP.finditer(sentence):
            if is_name(match[1]):
                yield Mention(Kind.OWNER, match[1])
    yield from _keeping_house(sentence)
    if "》" in sentence and "信息公开" in sentence:
        for match in _GUIDE.finditer(sentence):
            name = f"{match[1]}政府" if match[1].endswith("人民") else match[1]
            if is_name(name):
                yield Mention(Kind.OWNER, name)


def _keeping_house(sentence: str) -> Iterator[Mention]:
    """What a body gives itself, and which of its offices is in charge of 信息公开, has its name."""
    if "了《" in sentence:
        yield from (Mention(Kind.OWNER, match[1]) for match in _OWN_RULES.finditer(sentence) if is_name(match[1]))
    for match in _IN_CHARGE.finditer(unquoted(sentence)) if "管理" in sentence or "负责" in sentence else ():
        name = without_inner_office(match[1])
        if name != match[1] and is_name(name):
            yield Mention(Kind.ACTING, name)


def _with_another(name: str, match: re.Match[str], sentence: str) -> str:
    """请与某区统计局、某区经济社会调查队办公室联系: the two that report together. 某局办公室、某中心 only answer."""
    another = _AND_ANOTHER.match(sentence, match.end()) if name == match[1] else None
    pair = f"{name}、{without_inner_office(another[1])}" if another else name
    return pair if another and is_pair(pair) else name


def subject(text: str) -> Iterator[Mention]:
    """Who acts in the first sentence: 2022年,某局坚持…"""
    clauses = text.split(",")[:_MOST_CLAUSES]
    for clause in clauses:
        rest = _YEAR_FIRST.sub("", clause, count=1)
        if not rest or (_SKIPPED.match(rest) and not _function_place(rest)):
            continue
        system = _SYSTEM.match(rest)
        if system and is_name(system[1]):
            yield Mention(Kind.ACTING, system[1])
            return
        name = _subject_of(rest)
        if name:
            publishes = _PUBLISHES.match(rest, len(name)) and "报告" in text
            yield Mention(Kind.ANNOUNCED, _outer(name)) if publishes else Mention(Kind.SUBJECT, name)
            return
        if rest.startswith(("我", "本")):
            return


def _function_place(text: str) -> bool:
    """对坪镇坚持…: a town whose name begins with a function word."""
    town = _FUNCTION_TOWN.match(text)
    return town is not None and _OPENER.match(text, town.end()) is not None


def _subject_of(clause: str) -> str | None:
    for tried, opener in enumerate(_OPENER.finditer(clause, 2)):
        name = clause[: opener.start()]
        if len(name) > 40 or tried > _MOST_OPENERS:
            return None
        if "、" not in name and is_name(name):
            return name
    return None


def _compiler(name: str) -> str:
    """The office of a zone compiles for the zone; that of a town's government may report for itself."""
    return name if name.endswith(("政府办公室", "政府办公厅")) else without_inner_office(name)


def _outer(name: str) -> str:
    return without_inner_office(name, strict=True)


def _prepared(text: str) -> list[str]:
    """The sentences of a paragraph, prepared as titles are."""
    return sentences(prepared(text))
