"""Which names are one agency: only those that leave no doubt, or that a roster settles."""

from __future__ import annotations

import pytest

from govstats.comparison import Entry
from govstats.comparison.histories import histories
from govstats.comparison.names import agencies, key_of


def matched(*named: tuple[str | None, int | None], settled: dict[str, str] | None = None) -> list[list[int]]:
    """Names and years → which of them (by position) are one agency."""
    entries = [Entry(number, f"{number}", name, year) for number, (name, year) in enumerate(named)]
    return sorted(sorted(history.numbers) for history in histories(entries, settled))


SAME = [
    ("宿迁市人民政府", "宿迁市政府"),
    ("宿迁市", "宿迁市人民政府"),
    ("宿迁市人民政府办公室", "宿迁市政府办"),
    ("宿迁市水利局", "宿迁市水利局（2023年）"),
    ("宿迁市水利局", "２０２３年宿迁市水利局"),
    ("宿迁市 水利局", "宿遷市水利局"),
    ("宿迁市水利局", "江苏省宿迁市水利局"),
    ("沭阳县财政局", "宿迁市沭阳县财政局"),
    ("宿迁市发展和改革委员会", "宿迁市发改委"),
    ("宿迁市住房和城乡建设局", "宿迁市住房城乡建设局"),
    ("宿迁市林业局", "宿迁市林业局(绿化委员会办公室)"),
    ("昭通市昭阳区“放管服”办公室", "昭通市昭阳区放管服办公室"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_name_printed_in_two_ways(one: str, other: str) -> None:
    assert matched((one, 2022), (other, 2023)) == [[0, 1]]
    assert matched((other, 2022), (one, 2023)) == [[0, 1]]


DIFFERENT = [
    ("宿迁市人民政府", "宿迁市人民政府办公室"),
    ("宿迁市水利局", "宿迁市水利局宿城分局"),
    ("沭阳县水利局", "泗阳县水利局"),
    ("宿迁市水利局", "宿迁市水务局"),
    ("宿迁市宿城区人民政府", "宿迁市人民政府"),
    ("宿迁经济技术开发区管委会", "宿迁市湖滨新区管委会"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_bodies_stay_two(one: str, other: str) -> None:
    assert matched((one, 2022), (other, 2023)) == [[0], [1]]


DOUBTFUL = ["市水利局", "水利局", "鼓楼区财政局", "鼓楼区人民政府", "高新区管委会", "开发区管理委员会", "和平区审计局"]


@pytest.mark.parametrize("name", DOUBTFUL)
def test_a_name_that_may_be_several_bodies_is_not_matched(name: str) -> None:
    assert matched((name, 2022), (name, 2023)) == []


def test_a_roster_settles_doubt() -> None:
    settled = {key_of(name): key_of("南京市鼓楼区财政局") for name in ("南京市鼓楼区财政局", "鼓楼区财政局")}
    assert matched(("鼓楼区财政局", 2022), ("南京市鼓楼区财政局", 2023), settled=settled) == [[0, 1]]


def test_two_fuller_names_leave_a_doubt() -> None:
    assert matched(("城东区水利局", 2021), ("甲市城东区水利局", 2022), ("乙市城东区水利局", 2022)) == [[0], [1], [2]]


def test_reports_without_agency_or_year_are_nobodys() -> None:
    assert matched((None, 2022), ("宿迁市水利局", None)) == []


RENAMED = [
    ("国土资源局", "自然资源局"),
    ("国土资源局", "自然资源和规划局"),
    ("环境保护局", "生态环境局"),
    ("卫生和计划生育委员会", "卫生健康委员会"),
    ("工商行政管理局", "市场监督管理局"),
    ("安全生产监督管理局", "应急管理局"),
    ("旅游发展委员会", "文化和旅游局"),
    ("农业委员会", "农业农村局"),
]


@pytest.mark.parametrize(("old", "new"), RENAMED)
def test_a_renamed_body_is_the_same(old: str, new: str) -> None:
    assert matched((f"宿迁市{old}", 2018), (f"宿迁市{new}", 2019)) == [[0, 1]]
    assert matched((f"宿迁市{old}", 2018), (f"泗阳县{new}", 2019)) == [[0], [1]]


def test_of_several_that_became_one_nobody_is_the_predecessor() -> None:
    old = [("宿迁市工商行政管理局", 2017), ("宿迁市质量技术监督局", 2017)]
    assert len(matched(*old, ("宿迁市市场监督管理局", 2019))) == 3


def test_a_year_in_which_both_file_shows_two_bodies() -> None:
    both = [("宿迁市国土资源局", 2018), ("宿迁市国土资源局", 2019), ("宿迁市自然资源局", 2019)]
    assert len(matched(*both)) == 2


def test_no_renaming_before_its_year() -> None:
    assert len(matched(("宿迁市环境保护局", 2015), ("宿迁市生态环境局", 2016))) == 2


def test_the_first_year_under_a_new_name_is_noted() -> None:
    entries = [Entry(0, "a", "宿迁市环境保护局", 2018), Entry(1, "b", "宿迁市生态环境局", 2019)]
    (history,) = histories(entries)
    assert history.renamed == {2019}


def test_every_renaming_has_a_basis_and_no_short_name_is_another_ones_full_name() -> None:
    known = agencies()
    assert all(each.basis for each in known.renamed)
    full = {each.full for each in known.short}
    assert not full & {each.short for each in known.short}


def at(path: str, name: str | None, year: int, called: str | None = None, place: str | None = None) -> Entry:
    return Entry(0, path, name, year, called, place)


def grouped(*entries: Entry, settled: dict[str, str] | None = None) -> list[list[int]]:
    numbered = [entry._replace(number=number) for number, entry in enumerate(entries)]
    return sorted(sorted(history.numbers) for history in histories(numbered, settled))


def test_towns_of_one_name_in_two_counties_are_two_agencies() -> None:
    town = "城关镇人民政府"
    folders = [at("甲县/2021.html", town, 2021), at("甲县/2022.html", town, 2022), at("乙县/2022.html", town, 2022)]
    assert grouped(*folders) == [[0, 1], [2]]
    places = [
        at("a", town, 2021, place="410225"),
        at("b", town, 2022, place="410225"),
        at("c", town, 2022, place="410327"),
    ]
    assert grouped(*places) == [[0, 1], [2]]
    assert grouped(at("a", town, 2021), at("b", town, 2022)) == [[0, 1]], "nothing tells them apart"


def test_a_town_in_a_folder_is_the_one_that_is_named_in_full_elsewhere() -> None:
    assert grouped(at("甲县/a.html", "城关镇", 2021), at("b.html", "甲县城关镇人民政府", 2022)) == [[0, 1]]


def test_a_bare_name_beside_reports_of_one_county_is_that_countys() -> None:
    others = [at("a", "兰考县民政局", 2021, place="410225"), at("b", "兰考县财政局", 2021, place="410225")]
    assert grouped(*others, at("c", None, 2022, called="民政局")) == [[0, 2], [1]]
    elsewhere = at("d", "嵩县财政局", 2021, place="410325")
    assert grouped(*others, elsewhere, at("c", None, 2022, called="民政局")) == [[0], [1], [2]]


def test_a_district_of_which_there_are_several_is_known_by_the_city_beside_it() -> None:
    entries = [at("福州市/a.html", "鼓楼区财政局", 2021), at("b.html", "福州市鼓楼区财政局", 2022)]
    assert grouped(*entries) == [[0, 1]]


@pytest.mark.parametrize(
    ("old", "new", "years"),
    [
        ("青山县扶贫开发办公室", "青山县乡村振兴局", (2020, 2021)),
        ("青山市国家税务局", "国家税务总局青山市税务局", (2017, 2018)),
        ("青山市粮食局", "青山市粮食和物资储备局", (2018, 2019)),
        ("青山市大数据管理局", "青山市数据局", (2022, 2023)),
        ("青山市卫生局", "青山市卫生和计划生育局", (2013, 2014)),
        ("青山市人民防空办公室", "青山市国防动员办公室", (2021, 2022)),
    ],
)
def test_later_and_earlier_reforms_are_known_too(old: str, new: str, years: tuple[int, int]) -> None:
    assert matched((old, years[0]), (new, years[1])) == [[0, 1]]


def test_a_body_that_took_over_another_keeps_its_own_years() -> None:
    before = [("青山县农业农村局", 2022), ("青山县乡村振兴局", 2022)]
    assert matched(*before, ("青山县农业农村局", 2023)) == [[0, 2], [1]]
