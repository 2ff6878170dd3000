"""What sentences call the cells of the older summary tables, and of the columns that only the form of 2019 has."""

from __future__ import annotations

import pytest

from govstats.catalog.formats import get_table_form
from govstats.model.table import Table
from govstats.prose.answers import About
from tests.prose.cases import claims_of

ROWS: dict[tuple[str, str], dict[str, list[object]]] = {
    ("fujian-2018", "summary"): {
        "received": [24, 310], "answered": [24, 300], "answered.granted": [15, 200], "answered.partly": [4, 40],
        "answered.denied": [5, 60], "reviews": [3, 9], "litigation": [0, 2],
    },
    ("national-2014", "summary"): {
        "received": [24], "completed": [24], "answered": [22], "answered.public": [2], "answered.granted": [10],
        "answered.partly": [4], "answered.denied": [3], "answered.not_existing": [3], "reviews": [1],
        "staff.full_time": [2], "staff.part_time": [14],
    },
    ("national-2019", "disclosure"): {
        "20.1.rules": [0, 0, 0], "20.1.normative": [3, 4, 27], "20.5.licences": [10, "+2", 1520],
        "20.6.penalties": [40, "-3", 86], "20.9.procurement": [12, "345.6"],
    },
}  # fmt: skip


def about(form: str, table: str) -> About:
    year = int(form[-4:])
    return About({table: Table.from_texts(get_table_form(form, table), ROWS[form, table])}, year, "某县教育局")


CASES = {
    ("fujian-2018", "summary"): [
        ("全年我局受理政府信息公开申请24件。", True),
        ("全年我局受理政府信息公开申请42件。", False),
        ("对申请的答复中，同意公开15件，同意部分公开4件，不予公开5件。", True),
        ("对申请的答复中，同意公开51件。", False),
        ("因政府信息公开引起的行政复议3件。", True),
        ("未发生因政府信息公开引起的行政复议。", False),
        ("我局未收到政府信息公开申请。", False),
        ("未发生因政府信息公开引起的行政诉讼案件。", True),
    ],
    ("national-2014", "summary"): [
        ("全年我局收到政府信息公开申请24件。", True),
        ("全年办结政府信息公开申请24件。", True),
        ("全年答复政府信息公开申请22件。", True),
        ("全年答复政府信息公开申请32件。", False),
        ("所有申请中，属于已主动公开范围2件，同意公开答复10件，不同意公开3件。", True),
        ("所有申请中，不同意公开10件。", False),
        ("所有申请中，申请信息不存在4件。", False),
        ("配备政府信息公开专职人员2人。", True),
        ("配备政府信息公开兼职人员41名。", False),
    ],
    ("national-2019", "disclosure"): [
        ("我局对外公开规范性文件27件。", True),
        ("我局对外公开规范性文件72件。", False),
        ("规章对外公开总数量1件。", False),
        ("规章本年新公开数量1件。", False),
        ("规范性文件：本年新制作3件，新公开4件，对外公开总数量27件。", True),
        ("行政许可上一年项目数量10项，本年增加2项，处理决定数量1520件。", True),
        ("行政许可上一年项目数量12项。", False),
        ("行政处罚上一年项目数量40项，本年减少3项，处理决定数量86件。", True),
        ("行政处罚本年减少2项。", False),
        ("行政许可和行政处罚的处理决定数量均较多，其中行政处罚处理决定数量1520件。", False),
        ("本年新公开规范性文件4件。", True),
        ("本年新公开规范性文件5件。", False),
        ("实施政府集中采购项目12个。", True),
        ("实施政府集中采购项目21个。", False),
    ],
}
SILENT = {
    ("fujian-2018", "summary"): [
        "历年累计受理政府信息公开申请310件。",
        "收到自然人提出的政府信息公开申请20件。",
        "网络受理政府信息公开申请11件。",
        "2017年受理政府信息公开申请31件。",
        "主动公开政府信息1200条。",
    ],
    ("national-2014", "summary"): [
        "培训政府信息公开工作人员30人次。",
        "收到法人或其他组织提出的政府信息公开申请4件。",
        "窗口配备专职人员6人。",
        "第三方不同意公开1次。",
    ],
    ("national-2019", "disclosure"): ["清理规范性文件40件。", "审查规范性文件12件。", "政府采购网公开采购项目80个。"],
}


@pytest.mark.parametrize(("key", "text", "holds"), [(key, *case) for key in CASES for case in CASES[key]])
def test_a_sentence_names_a_cell_of_an_older_table(key: tuple[str, str], text: str, holds: bool) -> None:
    claims = [claim for claim in claims_of(text, about=about(*key)) if claim.kind == "cell"]
    assert claims
    assert {(claim.holds, claim.severity) for claim in claims} == {(holds, None if holds else "warning")}


@pytest.mark.parametrize(("key", "text"), [(key, text) for key in SILENT for text in SILENT[key]])
def test_what_may_mean_something_else_is_no_claim(key: tuple[str, str], text: str) -> None:
    assert [claim for claim in claims_of(text, about=about(*key)) if claim.severity == "warning"] == []
