"""Where a report's agency sits, and what it is: from its name, then the document, then its folder."""

from __future__ import annotations

from pathlib import Path

import pytest

import govstats
from govstats.identity.sitting import body_of

TITLE = "{}2021年政府信息公开工作年度报告\n一、总体情况\n做好信息公开。\n"


def report(path: Path, text: str) -> govstats.Report:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return govstats.read(path)


def place(found: govstats.Report) -> tuple[str | None, ...]:
    given = found.place
    return (given.code, given.province, given.city, given.county, given.town, given.level) if given else ()


def test_the_name_tells_place_and_body(tmp_path: Path) -> None:
    found = report(tmp_path / "a.txt", TITLE.format("昭通市昭阳区民政局"))
    assert place(found) == ("530602", "云南省", "昭通市", "昭阳区", None, "county")
    assert found.body == "department"
    told = found.to_dict()
    assert told["place"] == {
        "code": "530602", "province": "云南省", "city": "昭通市", "county": "昭阳区", "town": None, "level": "county"
    }  # fmt: skip
    assert told["body"] == "department"


def test_the_document_tells_it_where_the_name_does_not(tmp_path: Path) -> None:
    text = TITLE.format("城关镇人民政府") + "如有疑问，请与兰考县城关镇人民政府党政办公室联系。\n"
    assert place(report(tmp_path / "a.txt", text)) == ("410225", "河南省", "开封市", "兰考县", "城关镇", "town")


def test_the_folder_tells_it_where_the_document_does_not(tmp_path: Path) -> None:
    assert place(report(tmp_path / "a.txt", TITLE.format("城关镇人民政府"))) == ()
    assert place(report(tmp_path / "兰考县" / "2021年" / "a.txt", TITLE.format("城关镇人民政府")))[0] == "410225"
    assert place(report(tmp_path / "福州市" / "a.txt", TITLE.format("鼓楼区财政局")))[0] == "350102"
    assert place(report(tmp_path / "福州市" / "a.txt", TITLE.format("城关镇人民政府"))) == (), "of which county?"


def test_the_folder_or_the_file_completes_a_name_last_of_all(tmp_path: Path) -> None:
    found = report(tmp_path / "兰考县" / "a.txt", TITLE.format("民政局"))
    assert (found.agency, found.reasons["agency"].zh) == ("兰考县民政局", "文件夹或文件名")
    assert report(tmp_path / "昭通市" / "a.txt", TITLE.format("市财政局")).agency == "昭通市财政局"
    assert report(tmp_path / "昭通市" / "b.txt", TITLE.format("县财政局")).agency is None
    nameless = "2021年政府信息公开工作年度报告\n一、总体情况\n做好信息公开。\n"
    assert report(tmp_path / "青山县民政局2021年政府信息公开工作年度报告.txt", nameless).agency == "青山县民政局"
    assert report(tmp_path / "青山县民政局2021年.txt", TITLE.format("临水县民政局")).agency == "临水县民政局"


@pytest.mark.parametrize(
    ("agency", "body"),
    [
        ("昭通市人民政府", "government"),
        ("昭通市人民政府办公室", "office"),
        ("国务院办公厅", "office"),
        ("昭通市教育局", "department"),
        ("教育部", "department"),
        ("青山县柳河镇人民政府", "town"),
        ("白音旗乌兰苏木", "town"),
        ("解放街道办事处", "street"),
        ("天津海关", "vertical"),
        ("国家税务总局昭通市税务局", "vertical"),
        ("青山市气象局", "vertical"),
        ("青山经济技术开发区管委会", "zone"),
        ("青山职业技术学院", "institution"),
        ("青山市人民医院", "institution"),
        ("青山市妇幼保健服务中心(市妇幼保健院)", "institution"),
        ("青山市统计局、国家统计局青山调查队", "vertical"),
        ("青山海关关区", "vertical"),
        ("某某", None),
    ],
)
def test_a_name_tells_what_an_agency_is(agency: str, body: str | None) -> None:
    assert body_of(agency) == body


def test_a_division_that_is_called_a_new_area_is_a_government(tmp_path: Path) -> None:
    assert report(tmp_path / "a.txt", TITLE.format("浦东新区")).body == "government"


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("广州海关", "440100"),
        ("广州海关关区", "440100"),
        ("中华人民共和国昆明海关", "530100"),
        ("国家税务总局芜湖市镜湖区税务局", "340202"),
        ("国家统计局湖北调查总队", "420000"),
        ("四川省巴中市气象局", "511900"),
        ("咸宁市气象部门", "421200"),
        ("连云港海事局", "320700"),
    ],
)
def test_branches_of_the_state_sit_in_the_place_that_they_are_named_after(
    tmp_path: Path, title: str, code: str
) -> None:
    found = report(tmp_path / "a.txt", TITLE.format(title))
    assert (found.agency, found.place and found.place.code, found.body) == (title, code, "vertical")


@pytest.mark.parametrize(
    ("opening", "agency"),
    [
        (
            "本报告结合国家税务总局芜湖市镜湖区税务局（以下简称“镜湖区税务局”）政府信息公开工作有关数据撰写。统计期限为2022年1月1日至12月31日。电子版可在镜湖区税务局网站下载。\n一、总体情况\n2022年，镜湖区税务局认真做好信息公开。",
            "国家税务总局芜湖市镜湖区税务局",
        ),
        (
            "特向社会公布国家税务总局佛山市税务局（以下简称“佛山市税务局”）2021年政府信息公开工作年度报告。如有疑问，请与佛山市税务局办公室联系。\n一、总体情况\n2021年，佛山市税务局做好信息公开。",
            "国家税务总局佛山市税务局",
        ),
        (
            "本报告依据芜湖市镜湖区教育局（以下简称镜湖区教育局）有关数据撰写，如有疑问，请与镜湖区教育局联系。\n一、总体情况\n2021年，镜湖区教育局认真做好信息公开。镜湖区教育局公开12条。",
            "芜湖市镜湖区教育局",
        ),
    ],
)
def test_a_short_name_stands_for_the_full_one_that_the_text_gives(tmp_path: Path, opening: str, agency: str) -> None:
    assert report(tmp_path / "a.txt", opening).agency == agency
