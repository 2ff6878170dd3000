"""Official divisions: every county's agencies are found in their place; a name that several have is nobody's alone."""

from __future__ import annotations

import pytest

from govstats.catalog.divisions import divisions
from govstats.catalog.places import place_of

ROWS = divisions().rows
NOW = [row for row in ROWS if row.until is None]


def code_of(name: str, *beside: str, year: int | None = None) -> str | None:
    found = place_of(name, beside=beside, year=year).place
    return found.code if found else None


def test_the_divisions_are_those_of_today_and_the_former_ones() -> None:
    levels = [row.level for row in NOW]
    assert (levels.count("province"), levels.count("city"), levels.count("county")) == (34, 333, 2847)
    assert len(ROWS) - len(NOW) == 394
    codes = {row.code for row in ROWS}
    assert all(set(row.successors) <= codes for row in ROWS), "a successor is a division too"


def test_every_county_is_found_with_its_city_before_or_beside_it() -> None:
    for number, row in enumerate(ROWS):
        if row.level == "county" and row.until is None:
            place = divisions().place(number)
            above = f"{place.province}{place.city or ''}"
            assert code_of(f"{above}{row.name}财政局") == row.code, row
            assert code_of(f"{row.name}财政局", above) == row.code, row


def test_a_countys_name_alone_is_its_own_or_unknown() -> None:
    """西沙区 and 南沙区 of 三沙 are meant by nearly nobody: 南沙区财政局 is 广州's."""
    counties = [row for row in NOW if row.level == "county"]
    found = [(code_of(f"{row.name}财政局"), row.code) for row in counties]
    assert [code for told, code in found if told not in (None, code)] == ["460303"]
    assert sum(told is None for told, _ in found) <= 71


@pytest.mark.parametrize(
    "name", ["鼓楼区财政局", "朝阳区人民政府", "城关镇人民政府", "新华区民政局", "民政局", "市财政局"]
)
def test_what_several_places_have_is_unknown_without_help(name: str) -> None:
    assert place_of(name).place is None


@pytest.mark.parametrize(
    ("name", "beside", "code"),
    [
        ("鼓楼区财政局", "福建省福州市", "350102"),
        ("朝阳区人民政府", "长春市人民政府", "220104"),
        ("新华区民政局", "石家庄市", "130105"),
        ("城关镇人民政府", "兰考县", "410225"),
        ("民政局", "530602", "530602"),
    ],
)
def test_a_folder_or_roster_or_city_beside_it_helps(name: str, beside: str, code: str) -> None:
    assert code_of(name, beside) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("国家税务总局昭通市税务局", "530600"),
        ("景宁县财政局", "331127"),
        ("恩施州民政局", "422800"),
        ("温岭财政局", "331081"),
        ("河北省人民政府", "130000"),
        ("昭通市生态环境局昭阳分局", "530602"),
        ("海门市财政局", "320684"),
        ("青山县民政局", None),
        ("东城区管委会", None),
        ("吉林市场监督管理局", None),
        ("教育部", None),
        ("国家税务总局", None),
    ],
)
def test_customary_names_are_known_and_words_are_no_places(name: str, code: str | None) -> None:
    assert code_of(name) == code


def test_a_year_tells_the_former_place_from_its_successor() -> None:
    assert code_of("栾城县财政局") == code_of("栾城县财政局", year=2012) != code_of("栾城区财政局", year=2020)


def test_what_stands_beside_is_not_believed_where_the_name_says_another_place() -> None:
    assert code_of("青山县民政局", "昭通市昭阳区") is None
    assert code_of("国家税务总局", "昭通市昭阳区") is None
