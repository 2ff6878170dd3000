"""Lines of Chinese on a terminal: broken where a reader would break them, and nothing lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from govstats.display.breaking import in_clauses, lines_of, shortened
from govstats.display.look import Look
from govstats.renderers import render
from tests import audits

CLOSING, OPENING = "，。、；：！？）】》”’%", "（【《“‘"
CHARACTERS = st.sampled_from([*"申请数量总计新收件份条，。；：（）“”、%", *"0123456789.", *"abXY /-≠ "])
WORDS = re.compile(r"\d[\d.]*[件条份]?|[A-Za-z]+")


def broken(text: str, width: int) -> list[str]:
    return [" " * indent + text[start:end].rstrip() for start, end, indent in lines_of(text, width)]


@given(st.text(CHARACTERS, max_size=120), st.integers(12, 80))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = broken(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in lines)


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_message_of_any_rule_is_broken_where_it_may_not(width: int, lang: str) -> None:
    for entry in audits.of_every_rule():
        for finding in entry.findings:
            for text in (finding.message.of(lang), finding.hint.of(lang)):
                lines = [line.strip() for line in broken(text.replace("\n", " "), width)]
                assert not [line for line in lines[1:] if line and line[0] in CLOSING], lines
                assert not [line for line in lines[:-1] if line and line[-1] in OPENING], lines
                assert sum(len(WORDS.findall(line)) for line in lines) == len(WORDS.findall(text)), lines


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_line_of_concise_has_at_most_120_columns(lang: str) -> None:
    told = "".join(map(str, render("concise", audits.of_every_rule(), Look(lang=lang)))).splitlines()
    assert max(cell_len(line) for line in told[:-1]) <= 120
    assert re.search(r"\d+", told[-1])


def test_what_is_cut_says_so() -> None:
    assert shortened("总计应为八十一", 8) == "总计应…"
    assert shortened("总计", 8) == "总计"


@pytest.mark.parametrize(
    ("text", "width", "told"),
    [
        ("文件是空的。", 12, "文件是空的。"),
        ("文件里只有图片（扫描件），没有文字：“申请”表没有读到。", 38, "文件里只有图片（扫描件），没有文字…"),
        ("T302、Y601、N503", 12, "T302、Y601…"),
        ("打不开这个已经损坏的文件，请重新导出。", 12, "打不开这个…"),
        ("The PDF is broken: cut off, or half of it", 30, "The PDF is broken: cut off…"),
    ],
)
def test_what_has_no_room_ends_behind_a_clause(text: str, width: int, told: str) -> None:
    assert in_clauses(text, width) == told


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("勾稽关系有几条不成立", 18, ["勾稽关系有几条不", "成立"]),
        ("勾稽关系有几条不成立。", 18, ["勾稽关系有几条不", "成立。"]),
        ("年报青山县教育局/去年的", 16, ["年报青山县教育", "局/去年的"]),
        ("共 12 件", 5, ["共", "12 件"]),
    ],
)
def test_no_character_is_left_alone_on_the_last_line_and_none_begins_with_a_slash(
    text: str, width: int, lines: list[str]
) -> None:
    assert [text[start:end].strip() for start, end, _ in lines_of(text, width)] == lines
