"""Strings → names of agencies: what is one, what is only part of one, which of two is the fuller name of the same."""

from __future__ import annotations

from collections.abc import Iterable

from govstats.catalog.divisions import place_words
from govstats.text.patterns import lazy

LONGEST = 40
_HAN = lazy(rf"[一-鿿()、·]{{2,{LONGEST}}}")
_PLACES = "省|市|县|区|州|盟|旗|镇|乡|苏木|街道"
_REGION = lazy(rf"[一-鿿]+(?:{_PLACES})")
_ENDING = lazy(
    rf"(?:{_PLACES}|政府|公署|行署|办公室|办公厅|办事处|局|厅|委员会|管委会|委|部|署|总社|处|中心|联合会|总工会|红十字会"
    r"|大学|学院|学校|[一二三四五六七八九十]中学?|[中小]学|幼儿园|党校|研究院|科学院|国务院|海关|关区|系统|气象部门|馆|台|站|所|队|集团|公司|银行"
    r"|医院|保健院|卫生院|敬老院|办|农场|林场|兵团)(?:\([一-鿿、]+\))?"
)
_NO_AGENCY = lazy(
    r"^(?:我(?!省)|本(?!溪)|全(?:省|市|县|区|州(?!县)|镇|乡|旗|盟|局|厅|委|部|办|院|校|系统|处|站|所|街道)|各|该|请|下面|以下|上述|现将|现就|特向|特将|汇总|综合(?!行政|执法|管理|保税|服务|检查|(?:改革|配套|创新)*(?:实验|试验|示范|开发)区)|梳理|总结|回顾|反映|经(?!济|开|合|信|科|发|贸|纬)"
    r"|(?:其|与|及|对|在|为|按|由)(?![一-鿿]{1,3}(?:镇|乡|街道|苏木)(?:人民政府|政府|办事处|党[政委]|综合|便民|$)))"
    r"|^(?:其|与|及|对|在|为|按|由)[各我本该全](?=[一-鿿]*$)"
    r"|我[局镇乡县市区院校委办厅]|直接|浏览|通过|[的了是]|机关$|直(?:各)?部|直属单位|法院|检察院"
    r"|首页|网站|门户|政府网|网$|位置|栏目|专栏|频道|来源|工作(?!委|局|办)|报告|年报|年度|公开(?!办)|条例|规定|要求|通知|公告|认真"
    r"|做好|开展|根据|按照|落实|组织(?!部)|关于|各(?:区|县|市|乡|镇|级|部)|有关|相关"
)
_TWO = lazy(
    r"(?:局|厅|办公室|委员会)[一-鿿]+(?:省|市|县|区|州)$"
    r"|^(?:中共)?([一-鿿]{2,6}?)[一-鿿]{0,30}?(?:局|厅|委|办公室|委员会|中心|政府)\1"
)
"""A name behind another, as where a page prints its own before the title, or where two report together."""
_ADVERTISED = lazy(
    r"彩票|博彩|娱乐|赌|棋牌|澳门(?!特)|金沙(?!县|江|洲)|葡京|威尼斯|太阳城|投注|开奖|快三|时时彩|六合彩|官网|下载|登录|注册|直播|体育场|中国足彩"
)
"""Mirrors put such words in the place of common ones: what stood there nobody can know."""
_FIELD = (
    "财政|教育|体育|公安|民政|司法|人力资源|社会保障|自然资源|规划|国土|生态|环境|保护|住房|城乡|建设|交通|运输|水利|水务|水文|农业|农村|农林|商务|文化|广电|广播|电视|旅游|"
    "卫生|健康|计生|计划生育|退役军人|应急|安全|生产|审计|市场监督|监督|统计|医疗|保障|林业|园林|绿化|草原|发展|改革|工业|信息化|经济|合作|科学|技术|科技|信访|城市|综合|"
    "行政|执法|审批|政务|数据|大数据|税务|气象|粮食|物资|储备|国有资产|机关|地方|金融|外事|侨务|民族|宗教|档案|地震|知识产权|乡村|振兴|扶贫|开发|资源|海洋|渔业|畜牧|"
    "人社|住建|发改|卫健|市监|文旅|工信|经信|经合|城管|文广|交运|消防|救援"
)
_BARE = lazy(
    rf"(?:(?:{_FIELD})(?:和|与|、)?)+(?:管理|服务|事务)*(?:局|委员会|委|厅|办公室|中心|办|支队|大队)|(?:人民)?政府(?:办公室|办公厅|办)?|办公[室厅]"
    r"|(?:管理)?委员会|管委会|管委|街道办事处|街道|办事处|健康局|旅游局|(?:金融|第[一二三四五六七八九十]+)学院|人民医院|中心卫生院|医院|卫生院|学校|学院|大学|中学|小学|系统|中心|公司|支队|大队|(?:校长|院长|局长|党委|行政|党政|综合)办公室|(?:人民)?政府\(机关\)|机关"
    r"|(?:高新|经开|开发|工业园|产业园|高新技术开发|高新技术产业开发|经济开发|经济技术开发)区(?:管理委员会|管委会|管委)?"
)
_OF_A_FIELD = lazy(
    rf"(?:国家|[一-鿿]{{1,24}}?[省市县区州旗盟])(?:(?:{_FIELD})(?:和|与|、)?)+(?:管理|服务|事务)*(?:局|厅|委员会|委)"
)
_RELATIVE = lazy(
    r"(?:市(?![中南北]区|场监)|县|区|州|省|自治区|旗|盟)(?![中]?[镇乡])|(?:镇|乡|街道)(?=人民政府|政府|办事处|党)|委办|局办|(?:市|县)?委(?=办)"
)
_PREFIX = lazy(r"[一-鿿]{1,20}(?:省|市|县|区|州|盟|旗|镇|乡|兵团)")
_PLACE = lazy(r"[一-鿿]{2,20}")
_OFFICE = lazy(r"政府|[局厅委部署处]|公司|中心")
_OFFICE_END = lazy(r"(?:[局厅委部署办队]|委员会|办公室)$")
_PAIR = lazy(
    r"(?<=[局厅委办会])(?:[•·・](?=[一-鿿]{4})|(?=(?:国家统计局|国家税务总局|国家外汇管理局|中国人民银行)[一-鿿]{2}))"
)


def paired(text: str) -> str:
    """The text with a 、 between two bodies that report together: 某市统计局•国家统计局某市调查队."""
    return _PAIR.sub("、", text) if "国" in text or "•" in text or "·" in text or "・" in text else text


def is_pair(name: str) -> bool:
    """Do two whole bodies report together: 某区统计局、某区经济社会调查队?"""
    parts = name.split("、")
    return len(parts) == 2 and all(is_name(part) and _OFFICE_END.search(part) for part in parts)


def is_name(text: str) -> bool:
    """Can this be the name of an agency, if only a part of it (市财政局)?"""
    return (
        _HAN.fullmatch(text) is not None
        and _ends_as_a_name(text)
        and text.count("(") == text.count(")")
        and not _NO_AGENCY.search(text)
        and not _ADVERTISED.search(text)
        and not _TWO.search(text)
    )


def _ends_as_a_name(text: str) -> bool:
    return any(match.end() == len(text) for match in _ENDING.finditer(text))


def is_of_a_field(name: str) -> bool:
    """Does the name say that this is a department, of which field, and whose: 青山县教育局? 青山供电局 does not."""
    return _OF_A_FIELD.fullmatch(name) is not None


def is_region(name: str) -> bool:
    """临沧市, not 临沧市人民政府."""
    return _REGION.fullmatch(name) is not None and not _OFFICE.search(name)


def is_partial(name: str) -> bool:
    """市财政局, 财政局: which one, only its neighbours know."""
    return bool(_RELATIVE.match(name) or _BARE.fullmatch(name))


def is_fuller(long: str, short: str) -> bool:
    """Is `long` the same agency by its fuller name: with the region before it, or with 人民政府 after the region?"""
    if long == short:
        return False
    if is_region(short) and long in (f"{short}人民政府", f"{short}政府"):
        return True
    before = long.removesuffix(short)
    if before == long:
        return False
    before = without_state(before)
    if not before:
        return True
    if _OFFICE.search(before):
        return False
    return (_PLACE if _RELATIVE.match(short) else _PREFIX).fullmatch(before) is not None


def without_state(text: str) -> str:
    """A name, or the front of one, without the body of the State whose branch it is: 国家税务总局某市税务局."""
    return next((text.removeprefix(word) for word in place_words().state if text.startswith(word)), text)


def merged(names: Iterable[str]) -> set[str]:
    """The names without those of which a fuller one is there."""
    different = set(names)
    return {name for name in different if not any(is_fuller(other, name) for other in different)}
