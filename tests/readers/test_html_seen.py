"""Web pages: what the eye sees is what is read."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml

from govstats.readers import html, mhtml, text
from govstats.text.unseen import THING
from tests.containers.pages import page
from tests.figuresets import sample
from tests.judge import WRONG
from tests.readers.test_matrix import Case, judged
from tests.stories import story

CASES = yaml.safe_load((Path(__file__).parent / "seen.yaml").read_text("utf-8"))


def cells(source: str) -> list[list[str]]:
    return [list(row.texts) for grid in html.read(source.encode()).grids for row in grid.rows]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_a_cell_is_read_as_it_is_seen(case: dict[str, Any]) -> None:
    around = f"<style>{case.get('style', '')}</style><p>一段</p>"
    row = f"<table><tr><td>甲</td><td>{case['cell']}</td><td>9</td></tr></table>"
    (found,) = cells(f"<html><head>{around}</head><body>{row}</body></html>")
    assert ["\f".join(text.split("\f")).strip("\f") for text in found] == ["甲", case["seen"], "9"]


def test_a_picture_behind_a_cell_by_an_attribute_is_seen_unless_all_have_it() -> None:
    one = '<table background="all.gif"><tr><td>甲</td><td background="12.gif">&nbsp;</td><td></td></tr></table>'
    assert cells(one) == [["甲", THING, ""]]
    assert cells(one.replace("<td>", '<td background="12.gif">')) == [["甲", "", ""]]


def test_parts_of_one_picture_are_as_many_pictures() -> None:
    style = ".n{background:url(n.png) no-repeat}.n0{background-position:0 0}.n1{background-position:-9px 0}"
    row = '<tr><td class="n n0">甲</td><td class="n n0"></td><td class="n n1"></td></tr>'
    assert cells(f"<style>{style}</style><table>{row}</table>") == [["甲", "", THING]]


ROWS = "<tr><th>项目<th>甲<th>乙<tr><td>行政许可<td>1<td>2<tr><td>行政处罚<td>3<td>4"
LAST_YEAR = "<tr><th>项目<th>甲<th>乙<tr><td>行政许可<td>5<td>6<tr><td>行政处罚<td>7<td>8"
OTHER = "<tr><th>结果<th>丙<th>丁<tr><td>行政复议<td>5<td>6<tr><td>行政诉讼<td>7<td>8"


def hidden_ways(rows: str) -> list[str]:
    return [
        f"<table style='display:none'>{rows}</table>",
        f"<div hidden><p>去年</p><table>{rows}</table></div>",
        f"<div class=off><table>{rows}</table></div>",
        f"<div style='visibility:hidden'><table>{rows}</table></div>",
        f"<div style='position:absolute;left:-5000px'><div><table>{rows}</table></div></div>",
    ]


@pytest.mark.parametrize("at", range(5))
def test_a_hidden_copy_of_a_table_does_not_count(at: int) -> None:
    page_of = f"<style>.off{{display:none}}</style>{hidden_ways(LAST_YEAR)[at]}<p>今年</p><table>{ROWS}</table>"
    assert [row[0] for row in cells(page_of)] == ["项目", "行政许可", "行政处罚"]
    assert [row[1] for row in cells(page_of)] == ["甲", "1", "3"]
    assert "去年" not in html.read(page_of.encode()).text


@pytest.mark.parametrize("at", range(5))
def test_a_hidden_table_counts_where_no_shown_one_has_its_words(at: int) -> None:
    """Reports are often shown in tabs, of which one is open."""
    page_of = f"<style>.off{{display:none}}</style><table>{ROWS}</table>{hidden_ways(OTHER)[at]}"
    assert [row[1] for row in cells(page_of)] == ["甲", "1", "3", "丙", "5", "7"]


@pytest.mark.parametrize(
    ("style", "column"),
    [
        (".x{display:none}", "class=x"),
        ("td.x,th.x{visibility:collapse;display:none}", "class='y x'"),
        ("tr>*:nth-child(2){display:none}", ""),
        ("", "style='display:none'"),
        ("", "hidden"),
    ],
)
def test_a_hidden_column_goes(style: str, column: str) -> None:
    rows = (
        ROWS.replace("<th>甲", f"<th {column}>甲")
        .replace("<td>1", f"<td {column}>1")
        .replace("<td>3", f"<td {column}>3")
    )
    assert cells(f"<style>{style}</style><table>{rows}</table>") == [
        ["项目", "乙"],
        ["行政许可", "2"],
        ["行政处罚", "4"],
    ]


@pytest.mark.parametrize("way", ["display:none", "visibility:collapse"])
def test_a_column_may_be_hidden_as_a_whole(way: str) -> None:
    table = f"<table><colgroup><col><col style='{way}'><col></colgroup>{ROWS}</table>"
    assert cells(table) == [["项目", "乙"], ["行政许可", "2"], ["行政处罚", "4"]]


def in_frame(source: str) -> str:
    return f'<html><body><p>首页</p><iframe width=9 srcdoc="{escape(source)}"></iframe></body></html>'


def in_codes(source: str) -> str:
    text = "".join(f"\\u{ord(each):04x}" if each in "<>&'\"" else each for each in source.replace("\n", "\\n"))
    return f'<html><body><script>window.data = {{"content": "{text}"}}</script></body></html>'


WRAPPED = {
    "srcdoc": in_frame,
    "template": lambda source: f"<html><body><template>{source}</template></body></html>",
    "noscript": lambda source: f"<html><body><noscript>{source}</noscript></body></html>",
    "script": lambda source: f"<html><body><script type='text/x-template'>{source}</script></body></html>",
    "textarea": lambda source: f"<html><body><textarea>{source}</textarea></body></html>",
    "codes": in_codes,
    "escaped": lambda source: f"<html><body><div>{escape(source)}</div></body></html>",
    "escaped twice": lambda source: f"<html><body><div>{escape(escape(source))}</div></body></html>",
}


@pytest.mark.parametrize("way", WRAPPED)
def test_a_page_inside_a_page_is_read(way: str) -> None:
    source = WRAPPED[way](page(story(sample("dense", 3).figures)))
    counts = judged(Case("page", "plain", "simplified", "utf-8", "dense", 3), source.encode())
    assert not counts[WRONG]


def test_a_template_beside_a_table_is_none_of_the_page() -> None:
    assert cells(f"<table>{ROWS}</table><template><table>{OTHER}</table></template>")[0] == ["项目", "甲", "乙"]
    assert len(cells(f"<table>{ROWS}</table><template><table>{OTHER}</table></template>")) == 3


def saved(*parts: tuple[str, str]) -> bytes:
    head = 'MIME-Version: 1.0\nFrom: a\nContent-Type: multipart/related; boundary="B"\n\n'
    return (head + "".join(f"--B\nContent-Type: {kind}\n\n{text}\n\n" for kind, text in parts) + "--B--\n").encode()


def test_a_style_that_was_saved_with_a_page_counts() -> None:
    rows = ROWS.replace("<td>1", "<td><b class=z>9</b>1")
    page_of = f"<html><head><link rel=stylesheet href=a.css></head><body><table>{rows}</table>"
    document = mhtml.read(saved(("text/html", page_of), ("text/css", ".z{display:none}")))
    assert [row.texts[1] for row in document.grids[0].rows] == ["甲", "1", "3"]


def test_the_frame_that_holds_the_tables_is_read() -> None:
    document = mhtml.read(saved(("text/html", "<p>首页</p>"), ("text/html", f"<table>{ROWS}</table>")))
    assert [row.texts[0] for row in document.grids[0].rows] == ["项目", "行政许可", "行政处罚"]


def test_a_frame_in_a_frame_is_read() -> None:
    inner = in_frame(f"<table>{ROWS}</table>")
    assert [row[1] for row in cells(in_frame(inner))] == ["甲", "1", "3"]
    assert [row[1] for row in cells(f"<iframe src='data:text/html,{quote(inner)}'></iframe>")] == ["甲", "1", "3"]


def test_what_stands_between_bars_is_a_cell() -> None:
    rows = [["项目", "甲", "乙"], ["行政许可", "", "没有这一项"], ["行政处罚", "3", "4"], ["行政强制", "5", ""]]
    lines = "".join("\n|\n".join(row) + "\n| |\n" for row in rows)
    (grid,) = text.read(f"一、总体情况\n{lines}".encode()).grids
    assert [list(row.texts) for row in grid.rows] == rows
