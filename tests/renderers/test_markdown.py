"""Markdown: a row a finding; what a report says stays text."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from markdown_it import MarkdownIt

from govstats.cli import _run
from govstats.display.look import Look
from govstats.lang import Text
from govstats.model.audits import Entry, Unread
from govstats.renderers import render
from tests import audits
from tests.hostile_entries import entries, zhaotong

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
OURS = {"h3", "p", "table", "thead", "tbody", "tr", "th", "td"}
INERT = re.compile(r"@(?!​)|https?://|www\.|\bGH-\d|#\d", re.IGNORECASE)


def text_of(*given: Entry) -> str:
    return "".join(render("markdown", given, Look()))


def test_a_finding_is_a_row_below_the_summary(tmp_path: Path) -> None:
    target = tmp_path / "audit.md"
    assert _run(["check", zhaotong().report.path, "-o", str(target)]) == 1
    shown = READER.render(target.read_text("utf-8"))
    assert "核对了 1 份报告" in shown
    severity, rule, report, place, message = re.findall(r"<td>(.*?)</td>", shown)
    assert (severity, rule, place) == ("错误", "T304 总计未填", "第 2 张表第 27 行第 4 列")
    assert report.startswith("昭通市人民政府办公室 2021 年 (")
    assert "“自然人”78" in message


def test_nothing_found_is_no_table() -> None:
    assert "|" not in text_of(replace(zhaotong(), findings=()))


def test_errors_first_and_no_longer_than_a_comment() -> None:
    entry = zhaotong()
    (finding,) = entry.findings
    many = [replace(entry, findings=(replace(finding, severity=s),)) for s in ("info", "error") * 150]
    text = text_of(*many)
    assert len(text.encode()) < 65_536
    rows = [line for line in text.splitlines() if line.startswith(("| 错误", "| 提示"))]
    left = int(re.search(r"另有 (\d+) 个没有列在这里", text)[1])  # type: ignore[index]
    assert len(rows) + left == 300
    assert rows[0].startswith("| 错误")
    assert sum(row.startswith("| 错误") for row in rows) == min(150, len(rows))


def test_links_mentions_and_references_are_inert() -> None:
    entry = zhaotong()
    told = "@admin a@b.cn http://x.y www.x.y 见www.x.y #12 GH-12 !3 [a](http://x.y) <b>x</b> `c` ~~d~~"
    (finding,) = entry.findings
    shown = READER.render(text_of(replace(entry, findings=(replace(finding, message=Text(told, told)),))))
    assert not INERT.search(re.sub(r"<[^>]*>", "", shown).replace("&amp;", "&"))
    assert "&lt;b&gt;x&lt;/b&gt; `c` ~~\u200bd~~" in shown


@settings(max_examples=100)
@given(entries())
def test_no_text_of_a_report_becomes_markup(given: list[Entry]) -> None:
    text = text_of(*given)
    text.encode("utf-8")
    shown = READER.render(text)
    assert set(re.findall(r"</?([a-z0-9]+)", shown)) <= OURS
    rows = sum(1 if isinstance(e, Unread) else len(e.findings) for e in given)
    assert shown.count("<tr>") == (rows + 1 if rows else 0)
    assert shown.count("<td>") == 5 * rows
    assert not INERT.search(re.sub(r"<[^>]*>", "", shown))


def test_of_one_severity_the_worst_report_stands_first() -> None:
    grave, light = audits.faulty()[:2]
    worst = replace(grave, findings=grave.findings * 3)
    rows = [line for line in text_of(light, worst).splitlines() if line.startswith("| 错误 ")]
    assert [f"{worst.glance.title.zh} (" in row for row in rows] == sorted(
        (f"{worst.glance.title.zh} (" in row for row in rows), reverse=True
    )
    assert f"{worst.glance.title.zh} (" in rows[0]
