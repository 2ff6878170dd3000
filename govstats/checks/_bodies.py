"""The name of a body → can it make 规章? Only what the name itself says; where it does not, nobody is accused.

规章 are made by the departments under the State Council and by the governments of provinces, autonomous regions,
municipalities, cities divided into districts, and autonomous prefectures (《立法法》第九十一条、第九十三条); not by
counties and districts, townships, the bureaus of local governments, or the branches of central bodies. The office of a
government reports for it. 东莞, 中山, 嘉峪关 and 三沙 have no districts and make rules all the same (立法法修改决定,
2015, at its end, and 第九十三条): a city cannot only where the official divisions have it as a county.
"""

from __future__ import annotations

from govstats.model.places import Place
from govstats.text.labels import plain
from govstats.text.patterns import lazy

_REGION = "(?:省|自治区|特别行政区|市|自治州|州|盟|地区|县|区|旗|兵团)"
_PLACE = rf"[一-鿿]{{1,14}}?{_REGION}"
_CENTRAL = lazy(r"(?:国家|国务院|中国|中华人民共和国|中华|中央|全国|海关总署|最高)")
_BRANCH = lazy(
    r"(?:国家税务总局|国家统计局|中国人民银行|国家金融监督管理总局|中国[一-鿿]{2}监督管理委员会|中国银行保险监督管理委员会"
    r"|国家外汇管理局|国家矿山安全监察局|国家能源局|中国民用航空)[一-鿿]{2,}(?:局|队|行|营业管理部|专员办)"
    r"|中华人民共和国[一-鿿]{2,}(?:海关|海事局)"
)
_COUNTY = lazy(r"[一-鿿]+(?:县|(?<!自治)(?<!行政)(?<!地)区|旗)(?:人民政府)?")
_CITY = lazy(r"[一-鿿]+市(?:(?:人民)?政府)?(?:办公室|办公厅|办)?")
_TOWNSHIP = lazy(r"[一-鿿]*(?:乡|镇|苏木|街道|街道办事处|街道办|社区|村)(?:人民政府)?")
_OF_GOVERNMENT = lazy(
    r"(?P<government>[一-鿿]+?(?:省|自治区|市|自治州|州|盟|县|区|旗|乡|镇|人民政府))(?:人民政府|政府)?(?:办公室|办公厅|办)"
)
_OFFICE = lazy(rf"{_PLACE}[一-鿿]*(?:办公室|办公厅)")
_BUREAU = lazy(
    rf"{_PLACE}[一-鿿]*(?:局|厅|委员会|管委会|委|院|署|处|所|队|站|中心|支队|总队|学校|大学|学院|医院|公司|集团|社)"
)
_ANY = lazy(r"管理委员会|管委会|街道办事处")


def cannot_make_rules(agency: str | None, place: Place | None = None) -> bool:
    """True if the name says, or of a city its `place`, that this body cannot make 规章; False if it can, or if neither
    tells.

    >>> cannot_make_rules("昭通市水利局"), cannot_make_rules("昭通市人民政府"), cannot_make_rules(None)
    (True, False, False)
    """
    name = plain(agency or "")
    if not name:
        return False
    if _CENTRAL.match(name):
        return _BRANCH.fullmatch(name) is not None
    if _ANY.search(name):
        return True
    if place and place.level == "county" and _CITY.fullmatch(name):
        return True
    office = _OF_GOVERNMENT.fullmatch(name)
    if office:
        return any(pattern.fullmatch(office["government"]) for pattern in (_COUNTY, _TOWNSHIP))
    return any(pattern.fullmatch(name) for pattern in (_COUNTY, _TOWNSHIP, _OFFICE, _BUREAU))


def is_township(agency: str | None) -> bool:
    """True if the name is that of a township, town or sub-district.

    >>> is_township("沭阳县马厂镇人民政府"), is_township("沭阳县人民政府")
    (True, False)
    """
    return _TOWNSHIP.fullmatch(plain(agency or "")) is not None
