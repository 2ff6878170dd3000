"""Whose name says that it cannot make 规章."""

from __future__ import annotations

import pytest

from govstats.checks._bodies import cannot_make_rules

CAN_OR_UNKNOWN = [
    "云南省人民政府",
    "北京市人民政府",
    "内蒙古自治区人民政府",
    "广西壮族自治区人民政府",
    "昭通市人民政府",
    "宿迁市",
    "宿迁市人民政府",
    "昆山市人民政府",
    "德宏傣族景颇族自治州人民政府",
    "延边朝鲜族自治州",
    "东莞市人民政府",
    "香港特别行政区",
    "教育部",
    "公安部",
    "国家发展和改革委员会",
    "国家税务总局",
    "国家统计局",
    "中国人民银行",
    "国家市场监督管理总局",
    "海关总署",
    "国家互联网信息办公室",
    "国务院办公厅",
    "中国证券监督管理委员会",
    "审计署",
    "中华人民共和国生态环境部",
    "中华人民共和国海事局",
    "国家知识产权局",
    "中国民用航空局",
    "国家金融监督管理总局",
    "农业农村部",
    "重庆市人民政府",
    "新疆维吾尔自治区",
    "西藏自治区人民政府",
    "国家矿山安全监察局",
    "国家外汇管理局",
    "国务院国有资产监督管理委员会",
    "中国气象局",
    "某部",
    "昭通市人民政府办公室",
    "云南省人民政府办公厅",
    "德宏州人民政府办公室",
    "某自治州人民政府办公室",
    "中山市人民政府办公室",
]
CANNOT = [
    "某镇人民政府办公室",
    "沭阳县政府办公室",
    "宿迁市水利局",
    "江苏省财政厅",
    "沭阳县人民政府",
    "泗洪县",
    "宿城区人民政府",
    "北京市朝阳区人民政府",
    "南平市延平区人民政府办公室",
    "某县教育局",
    "石林彝族自治县人民政府",
    "鄂伦春自治旗人民政府",
    "准格尔旗人民政府",
    "某县某镇人民政府",
    "城关镇人民政府",
    "某区某街道办事处",
    "中关村街道办事处",
    "苏州工业园区管理委员会",
    "浦东新区人民政府",
    "昆明市市场监督管理局",
    "国家税务总局昆明市税务局",
    "国家统计局昆明调查队",
    "中国人民银行昆明中心支行",
    "江苏省发展和改革委员会",
    "上海市公安局",
    "中华人民共和国南京海关",
    "昆明市公安局交通警察支队",
    "云南省医疗保障局",
    "昭通市昭阳区",
    "某市某乡人民政府",
    "广西壮族自治区自然资源厅",
    "昆明市规划局",
    "某市中医医院",
    "国家税务总局宿迁市宿城区税务局",
    "某市不动产登记中心",
    "昭通市人民政府国有资产监督管理委员会",
    "神农架林区人民政府",
    "新疆维吾尔自治区教育厅",
]


@pytest.mark.parametrize("agency", CANNOT)
def test_a_body_whose_name_says_so_cannot_make_rules(agency: str) -> None:
    assert cannot_make_rules(agency)


@pytest.mark.parametrize("agency", [*CAN_OR_UNKNOWN, "", None])
def test_nobody_else_is_accused(agency: str | None) -> None:
    assert not cannot_make_rules(agency)


def test_traditional_characters_are_understood() -> None:
    assert cannot_make_rules("沭陽縣人民政府辦公室")
    assert not cannot_make_rules("內蒙古自治區人民政府")
