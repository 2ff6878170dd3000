"""A name → the body whose name it is: without the inner office that drew the report up or answers the telephone."""

from __future__ import annotations

from govstats.text.patterns import lazy

_COMMISSION = (
    r"(?:发展(?:和|与)?改革|卫生(?:和)?健康|卫生和计划生育|卫生计生|教育|国有资产监督管理|建设|住房和城乡建设|交通|农业|科学技术|经济和信息化|商务|文化|规划"
    r"|民族(?:宗教)?事务|体育|城市管理|园林|人口和计划生育|水务|工业和信息化|审计|发改|卫健|住建|经信|国资)(?:委员会|委)"
)
_BODY = (
    r"(?:局|厅|总署|大学|学院|学校|中学|小学|医院|公司|中心|支队|大队|总队|调查队|海关(?!总署)|集团|银行"
    rf"|联合会|总工会|[一二三四五六七八九十]中|教育部|水利部|{_COMMISSION})"
)
_TOWN = r"(?:镇|乡|苏木|街道)(?:人民政府|政府|办事处)?"
_TAIL = (
    r"(?:党政|党委|党建|综合|行政|办公|政务|政府|信息|公开|宣传|纪检|秘书|文秘|机关|人大|人事|电子|法制|法规|政策|便民|服务|领导|工作|小组|规划|财务|办事|督查|督办"
    r"|新闻|资料|网络|与|和|综治|社会|事务|管理|机构|党群|组织|院长|校长|学校|厅|局|委|办公室)*(?:办公室|办公厅|党政办|办|处|科|股|室|机构|中心|小组|窗口)"
)
_INSIDE = lazy(rf"(.*{_BODY})(?:机关)?({_TAIL})")
_IN_TOWN = lazy(rf"(.*{_TOWN})({_TAIL})")
_IN_ZONE = lazy(
    rf"(.*(?:开发区|高新区|经开区|园区|新区|度假区|示范区|(?<=区)管理委员会|(?<=区)管委会|(?<=区)管委))({_TAIL})"
)
_IN_OFFICE = lazy(r"(.*政府(?:办公室|办公厅))([一-鿿()]{1,18})")
_PUBLIC = lazy(r"(.{2,}?)(人民)?(?:政府)?(?:信息|政务)(?:与政务)?公开(?:领导|工作|办|机构|受理|科|处|中心|小组).*")
_OFFICES = ("办公室", "办")


def without_inner_office(name: str, *, strict: bool = False) -> str:
    """某局办公室 → 某局, 某镇人民政府党政办公室 → 某镇人民政府. `strict`: the office of a town's government or of a
    zone stays, since it files reports of its own.
    """
    if name.endswith(("办事处", "联络处")):
        return name
    match = _IN_OFFICE.fullmatch(name)
    if match:
        return match[1]
    match = _PUBLIC.fullmatch(name)
    if match:
        place = match[1][-1] in "省市县区州盟旗镇乡道木"
        return without_inner_office(match[1] + ("人民政府" if match[2] else "政府" if place else ""), strict=strict)
    match = _IN_TOWN.fullmatch(name)
    if match:
        own_office = match[1].endswith("政府") and match[2] in _OFFICES
        return name if strict and own_office else match[1]
    match = _IN_ZONE.fullmatch(name)
    if match:
        return name if strict and match[2] in _OFFICES else match[1]
    match = _INSIDE.fullmatch(name)
    return match[1] if match else name
