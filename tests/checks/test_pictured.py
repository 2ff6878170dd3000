"""Tables that are pictures in the text: said once, and only where a picture may be the table (D012)."""

from __future__ import annotations

import re

import pytest

import govstats
from tests.factory import FORMAT, SECTIONS, TITLE, html_table, laid_out
from tests.figuresets import sample

PICTURE = '<p><img src="t.png"></p>'
TABLES = {name: html_table(laid_out(form, sample("dense", 3).figures)) for name, form in FORMAT.tables.items()}
HEADINGS = [f"<p>{SECTIONS[name]}</p>" for name in TABLES]
TEXTS = list(TABLES.values())
END = "<p>五、存在的主要问题及改进情况</p><p>公开还不够及时。</p><p>六、其他需要报告的事项</p><p>无。</p>"
LOGO = '<div><a href="/"><img src="logo.png"></a></div>'
LOUD = {"D001", "D002", "D007", "D012"}


def told(*blocks: str, before: str = "", behind: str = "") -> list[str]:
    """The rules that speak of tables in a page: its title, a section, and what stands behind their headings."""
    sections = "".join(f"{heading}{block}" for heading, block in zip(HEADINGS, blocks, strict=True))
    page = f"{before}<p>{TITLE}</p><p>一、总体情况</p><p>本年度共发布信息12条。</p>{sections}{END}{behind}"
    audit = govstats.check(govstats.read(f"<html><body>{page}</body></html>".encode()))
    return sorted(finding.rule for finding in audit.findings if finding.rule in LOUD)


@pytest.mark.parametrize(
    ("blocks", "rules"),
    [
        ((PICTURE, PICTURE, PICTURE), ["D012"]),
        ((TEXTS[0], PICTURE, TEXTS[2]), ["D012"]),
        ((PICTURE, "", ""), ["D002", "D002", "D012"]),
        (("", "", ""), ["D002", "D002", "D002"]),
        (TEXTS, []),
        ((TEXTS[0], f"<table><tr><td>{PICTURE}</td></tr></table>", TEXTS[2]), ["D012"]),
        ((TEXTS[0], '<p><img src="t.png" width="30"></p>', TEXTS[2]), ["D002"]),
        ((TEXTS[0], LOGO, TEXTS[2]), ["D002"]),
    ],
    ids=["all", "one", "one of three", "none", "text", "in a cell", "an icon", "a link"],
)
def test_a_table_is_a_picture_where_one_stands_below_its_heading(blocks: tuple[str, ...], rules: list[str]) -> None:
    assert told(*blocks) == rules
    assert told(*blocks, before=LOGO, behind=LOGO) == rules


def test_a_photograph_elsewhere_excuses_nothing() -> None:
    assert told(TEXTS[0], TEXTS[1], "", before=PICTURE, behind=PICTURE) == ["D002"]


def test_figures_that_are_pictures_throughout_a_table_are_said_once() -> None:
    pictured = [re.sub(r"(<td[^>]*>)[\d.]+(?=</td>)", r'\1<img src="n.png">', text) for text in TEXTS]
    assert told(*pictured) == ["D012"]
    assert told(TEXTS[0], TEXTS[1], pictured[2]) == ["D012"]


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        (f"<p>{TITLE}</p>{PICTURE}{PICTURE}", "D012"),
        (f"{LOGO}<p>{TITLE}</p><p>附件：年报.doc</p>", "D001"),
        (f"<p>某局召开会议</p>{PICTURE}", "D001"),
    ],
    ids=["a report of pictures", "an attachment", "news"],
)
def test_a_page_without_any_heading(body: str, rule: str) -> None:
    audit = govstats.check(govstats.read(f"<html><body>{body}</body></html>".encode()))
    assert [finding.rule for finding in audit.findings if finding.rule in LOUD] == [rule]
