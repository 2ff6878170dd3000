"""units.csv and folders → Roster; what is wrong with a sheet is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from govstats.comparison import InMemory, Roster, Unit, compare
from govstats.comparison.names import key_of
from govstats.errors import UsageError
from tests.chronicle import histories

SHEET = """unit,parent,aliases
宿迁市人民政府,,宿迁市
财政局,宿迁市人民政府,市财政局；宿迁财政
沭阳县人民政府,宿迁市人民政府,
"""
CHINESE = """单位,上级,别名
宿迁市人民政府,,宿迁市
财政局,宿迁市人民政府,市财政局、宿迁财政

沭阳县人民政府,宿迁市人民政府,
"""


@pytest.mark.parametrize("text", [SHEET, CHINESE])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_sheet_is_read_in_any_charset_with_either_header(tmp_path: Path, text: str, charset: str) -> None:
    path = tmp_path / "units.csv"
    path.write_bytes(text.encode(charset))
    roster = Roster.read(path)
    assert [unit.name for unit in roster.units] == ["宿迁市人民政府", "财政局", "沭阳县人民政府"]
    assert roster.units[1].aliases == ("市财政局", "宿迁财政")
    assert roster.children == {"宿迁市政府": ("财政局", "沭阳县政府")}


@pytest.mark.parametrize("delimiter", ["\t", ";", "，"])
def test_a_sheet_may_be_parted_as_spreadsheets_and_clerks_part_it(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "units.csv"
    path.write_text("单位,上级,别名\n某市人民政府,,\n某市财政局,某市人民政府,某财政\n".replace(",", delimiter), "utf-8")
    assert [(unit.name, unit.parent, unit.aliases) for unit in Roster.read(path).units] == [
        ("某市人民政府", None, ()),
        ("某市财政局", "某市人民政府", ("某财政",)),
    ]


def test_a_parent_needs_no_line_of_its_own_but_a_mistyped_one_is_told(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text("单位,主管部门\n青山县水利局,青山县人民政府\n青山县教育局,青山县人民政府\n", "utf-8")
    units = {unit.name: unit for unit in Roster.read(path).units}
    assert units["青山县教育局"].parent == "青山县人民政府"
    assert not units["青山县人民政府"].due, "nobody waits for it"
    path.write_text("单位,上级\n青山县人民政府,\n青山县水利局,青山县人民正府\n", "utf-8")
    with pytest.raises(UsageError, match="是不是“青山县人民政府”"):
        Roster.read(path)


@pytest.mark.parametrize("mark", ["无", "/", "-", "—", ""])
def test_a_mark_for_no_parent_is_none(tmp_path: Path, mark: str) -> None:
    (tmp_path / "units.csv").write_text(f"单位,上级\n某市人民政府,{mark}\n某市财政局,某市人民政府\n", "utf-8")
    assert [unit.parent for unit in Roster.read(tmp_path / "units.csv").units] == [None, "某市人民政府"]


@pytest.mark.parametrize("data", [b"PK\x03\x04...", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_workbook_is_told_as_one(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "units.xlsx").write_bytes(data)
    with pytest.raises(UsageError, match="CSV"):
        Roster.read(tmp_path / "units.xlsx")


def test_folders_that_name_no_unit_are_no_roster(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有以单位命名的文件夹"):
        Roster.of_folders([folders(tmp_path / "报送材料", "2023年", "已审")])


def test_a_short_name_is_meant_with_the_region_of_its_parent(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text(SHEET, "utf-8")
    settled = Roster.read(path).settled
    for name in ("财政局", "市财政局", "宿迁市财政局", "宿迁财政"):
        assert settled[key_of(name)] == "财政局", name
    assert "宿迁市水利局" not in settled


FAULTS = {
    "unit,parant\n财政局,\n": ("第 1 行", "上级", "parant"),
    "parent,aliases\n财政局,\n": ("第 1 行", "单位"),
    "unit,parent\n青山县财政局,\n青山县水利局,青山县财正局\n": ("第 3 行", "青山县财正局", "青山县财政局"),
    "unit,parent\n财政局,\n水利局,\n财政局,\n": ("第 4 行", "财政局”写了两次"),
    "unit,parent,aliases\n财政局,,甲\n水利局,,甲\n": ("第 3 行", "甲”重复"),
    "unit,parent\n甲局,乙局\n乙局,甲局\n": ("第 2 行", "甲局 → 乙局 → 甲局"),
    "unit,parent\n甲局,甲局\n": ("第 2 行", "甲局 → 甲局"),
    "unit,parent\n,甲局\n": ("第 2 行", "没有写单位"),
    "": ("第 1 行", "单位"),
    "单位,上级\n": ("没有一个单位",),
    "单位,上级\n,,\n": ("没有一个单位",),
    "单位,上级,单位\n某局,,另一局\n": ("第 1 行", "有两列"),
}


@pytest.mark.parametrize("text", FAULTS)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "units.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError) as raised:
        Roster.read(path)
    for part in (str(path), *FAULTS[text]):
        assert part in str(raised.value)


def test_a_sheet_that_is_not_there_or_no_text_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="打不开"):
        Roster.read(tmp_path / "none.csv")
    (tmp_path / "bad.csv").write_bytes(b"\xff\xff\xff")
    with pytest.raises(UsageError, match="读不出"):
        Roster.read(tmp_path / "bad.csv")


def folders(root: Path, *names: str) -> Path:
    for name in names:
        (root / name).mkdir(parents=True)
    return root


def test_folders_named_like_agencies_are_units_and_others_only_hold_them(tmp_path: Path) -> None:
    root = folders(
        tmp_path / "报送材料",
        "宿迁市人民政府/财政局/2023年",
        "宿迁市人民政府/2023年/水利局",
        "宿迁市人民政府/沭阳县/财政局",
        "宿迁市人民政府/泗阳县2023年/财政局",
        "已审",
    )
    roster = Roster.of_folders([root])
    parents = {unit.name: unit.parent for unit in roster.units}
    assert parents == {
        "宿迁市人民政府": None,
        "宿迁市财政局": "宿迁市人民政府",
        "宿迁市水利局": "宿迁市人民政府",
        "沭阳县": "宿迁市人民政府",
        "沭阳县财政局": "沭阳县",
        "泗阳县": "宿迁市人民政府",
        "泗阳县财政局": "泗阳县",
    }


def test_an_empty_folder_is_a_unit_that_has_not_filed(tmp_path: Path) -> None:
    root = folders(tmp_path / "宿迁市", "财政局", "水利局")
    papers = histories(1, ["宿迁市财政局"], range(2023, 2024))["宿迁市财政局"]
    found = list(compare(InMemory([papers[2023].report()]), Roster.of_folders([root])))
    assert [(each.number, each.finding.rule, each.agency, each.year) for each in found] == [
        (None, "R702", "宿迁市", 2023),
        (None, "R702", "宿迁市水利局", 2023),
    ]


def workbook(path: Path, *lines: list[str]) -> Path:
    book = Workbook()
    for line in lines:
        book.active.append(line)
    book.save(path)
    return path


def test_a_workbook_with_a_title_above_its_header_is_read(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "名单.xlsx",
        ["青山县2024年度政府信息公开年报报送单位名单"],
        ["序号", "单位名称", "主管部门", "级别", "地区", "单位性质", "是否报送", "联系人"],
        ["1", "青山县人民政府", "", "县级", "青山县", "政府", "是", "甲"],
        ["2", "水利局", "青山县人民政府", "科级", "青山县", "政府部门", "是", "乙"],
        ["3", "青山县税务局", "青山县人民政府", "科级", "青山县", "垂直管理", "", "丙"],
        ["4", "青山县档案馆", "青山县人民政府", "科级", "青山县", "事业单位", "否", "丁"],
    )
    roster = Roster.read(path)
    assert [(unit.name, unit.level, unit.place, unit.due) for unit in roster.units] == [
        ("青山县人民政府", "县级", "青山县", True),
        ("水利局", "科级", "青山县", True),
        ("青山县税务局", "科级", "青山县", False),
        ("青山县档案馆", "科级", "青山县", False),
    ]
    assert roster.settled[key_of("青山县水利局")] == "水利局"
    assert roster.children == {"青山县政府": ("水利局",)}


GOVERNMENT = "青山县人民政府"
AS_PEOPLE_KEEP_IT = {
    "names alone": ([["青山县财政局"], ["青山县水利局"]], None),
    "no parents": (
        [["序号", "单位", "联系人", "电话"], ["1", "青山县财政局", "甲", "1"], ["2", "青山县水利局", "乙", "2"]],
        None,
    ),
    "numbers before names": (
        [["单位", "上级"], ["1.青山县财政局", GOVERNMENT], ["（2）青山县水利局", GOVERNMENT]],
        GOVERNMENT,
    ),
    "a header of two lines": (
        [
            ["报送单位名单"],
            ["序号", "单位信息", "单位信息", "要求"],
            ["序号", "单位名称（全称）", "上级单位（主管部门）", "是否应报送年报"],
            ["1", "青山县财政局", GOVERNMENT, "√"],
            ["2", "青山县水利局", GOVERNMENT, "√"],
        ],
        GOVERNMENT,
    ),
    "headings between": (
        [
            ["序号", "部门、乡镇", "主管部门"],
            ["一、经济部门", "", ""],
            ["1", "青山县财政局", GOVERNMENT],
            ["农业部门（1个）"] * 3,
            ["2", "青山县 水 利 局", GOVERNMENT],
        ],
        GOVERNMENT,
    ),
}


@pytest.mark.parametrize("how", AS_PEOPLE_KEEP_IT)
def test_a_roster_is_read_as_people_keep_it(tmp_path: Path, how: str) -> None:
    lines, parent = AS_PEOPLE_KEEP_IT[how]
    units = Roster.read(workbook(tmp_path / "名单.xlsx", *lines)).units
    told = [(unit.name, unit.parent, unit.due) for unit in units if unit.name != GOVERNMENT]
    assert told == [("青山县财政局", parent, True), ("青山县水利局", parent, True)]


def test_a_cross_means_that_nobody_waits_and_a_name_that_is_there_twice_is_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["单位", "上级", "是否报送"], ["青山县税务局", GOVERNMENT, "×"])
    assert not Roster.read(path).units[0].due
    path = workbook(tmp_path / "b.xlsx", ["单位", "上级"], ["青山县财政局", GOVERNMENT], ["青山县财政局", GOVERNMENT])
    with pytest.raises(UsageError, match="写了两次"):
        Roster.read(path)


@pytest.mark.parametrize("data", [b"%PDF-1.7 1 0 obj", b"\xff\xd8\xff\xe0 JFIF"])
def test_a_file_of_another_kind_is_told_as_one(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(data)
    with pytest.raises(UsageError, match="读不出"):
        Roster.read(path)


def test_lines_that_close_a_sheet_are_no_units(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "名单.xlsx",
        ["附件1"],
        ["青山县年报报送单位", "", ""],
        ["序号", "责任单位", "上级主管部门"],
        ["1", "青山县人民政府", "无"],
        ["2", "青山县审计局", "青山县人民政府"],
        ["合计", "2", ""],
        ["", "合计：2家", ""],
        ["注：垂直管理单位不在此列", "", ""],
        ["填表人：甲", "", ""],
    )
    assert [unit.name for unit in Roster.read(path).units] == ["青山县人民政府", "青山县审计局"]


def test_a_file_that_is_there_but_could_not_be_read_is_told_instead_of_asking_for_it() -> None:
    roster = Roster(
        (Unit("青山县人民政府"), Unit("青山县水利局", "青山县人民政府"), Unit("青山县教育局", "青山县人民政府"))
    ).checked()
    papers = histories(1, ["青山县教育局", "青山县人民政府"], range(2023, 2024))
    reports = [years[2023].report() for years in papers.values()]
    told = [each.finding for each in compare(InMemory(reports), roster, ["/a/水利局2023.pdf"]) if each.finding]
    (found,) = [each for each in told if each.rule == "R702"]
    assert "没有读成" in found.message.zh
    assert "水利局2023.pdf" in found.message.zh
    assert "不必催报" in found.hint.zh


def test_a_file_named_after_a_unit_that_does_not_say_whose_it_is_is_there() -> None:
    roster = Roster((Unit("青山县教育局"), Unit("青山县水利局"))).checked()
    papers = histories(1, ["青山县教育局", "青山县水利局"], range(2023, 2024))
    known, stray = papers["青山县教育局"][2023], papers["青山县水利局"][2023].copy(agency=None)
    for path, there in (("/a/水利局2023.docx", True), ("/a/水利局2022.docx", False), ("/a/b.docx", False)):
        reports = [known.report(), stray.report(path)]
        (found,) = [each.finding for each in compare(InMemory(reports), roster) if each.finding]
        assert found.rule == "R702"
        assert ("的报告在" in found.message.zh) == there


def test_an_agency_that_another_has_taken_over_is_said_to_be_merged_and_one_that_is_late_is_not() -> None:
    names = ["青山县水利局", "青山县林业局", "青山县教育局"]
    heir, gone, late = (papers := histories(5, names, range(2021, 2025))).values()
    for column in ("natural_person", "business", "research", "welfare", "legal_service", "other_org", "total"):
        for row in ("2", "3.1", "3.7"):
            heir[2023].add("applications", row, column, gone[2022].get("applications", "4", column))
    del gone[2023], gone[2024], late[2024]
    reports = [paper.report() for years in papers.values() for paper in years.values()]
    told = compare(InMemory(reports), Roster(tuple(map(Unit, names))).checked())
    assert {(each.agency, each.year, each.is_merged) for each in told if each.number is None} == {
        ("青山县林业局", 2023, True),
        ("青山县林业局", 2024, True),
        ("青山县教育局", 2024, False),
    }
