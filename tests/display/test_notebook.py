"""What a notebook shows of reports, audits, findings and frames."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import govstats
from govstats.errors import ReadError, UsageError
from govstats.frames import frame
from govstats.frames.tables import table_of as table_of_frame
from govstats.lang import Text, speaking
from govstats.model.audits import Audit, Audited, Unread
from govstats.model.glance import Glance
from govstats.model.outcomes import Outcome, evaluate
from govstats.model.report import Report
from govstats.model.table import Table
from tests.factory import FORMAT, random_valid
from tests.made import report_of, table_of

HOSTILE = '<script>alert("x")</script>&'
APPLICATIONS = FORMAT.tables["applications"]


@pytest.fixture(scope="module")
def zhaotong_sample() -> Report:
    return govstats.read(next(path for path in govstats.samples() if "zhaotong" in path.name))


def bare(html: str) -> str:
    """A page's HTML without its style."""
    return re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)


def test_the_reason_stands_below_the_table_and_not_in_a_tooltip(zhaotong_sample: Report) -> None:
    shown = bare(govstats.check(zhaotong_sample)._repr_html_())
    table, below = shown.split("</table>")
    assert "各部分不是" not in table
    for told in ("为什么：", "各部分不是", "不成立：", "78 ≠ 0", "怎么改：", "把应填的数填入总计"):
        assert told in below
    assert "title=" not in shown


def test_accused_cells_have_a_frame_and_a_mark_in_the_text(zhaotong_sample: Report) -> None:
    shown = govstats.check(zhaotong_sample)._repr_html_()
    assert re.search(r"\.gs-accused\{outline:2px solid", shown)
    assert re.findall(r'<td class="gs-accused">(.*?)</td>', shown) == ["[0]"] * 3
    expected = re.search(r'<tr class="gs-expected">.*?</tr>', shown)
    assert expected
    assert re.findall(r"<td>(\d*)</td>", expected[0]) == ["78", "3", "81"]


def test_nothing_sets_a_colour_that_a_dark_theme_would_lose(zhaotong_sample: Report) -> None:
    audit = govstats.check(zhaotong_sample)
    for shown in (zhaotong_sample._repr_html_(), audit._repr_html_(), audit.findings[0]._repr_html_()):
        assert set(re.findall(r"(?<![-\w])color:([^;}]*)", shown)) == {"inherit"}
        assert set(re.findall(r"background:([^;}]*)", shown)) == {"transparent"}
        assert "<script" not in shown
        assert "style=" not in bare(shown)
        styled = re.search(r"<style>(.*?)</style>", shown)
        assert styled
        for rule in re.findall(r"([^{}]+)\{", styled[1]):
            assert all(each.startswith(".govstats") for each in rule.split(",")), "rules of others are not touched"


def test_frames_can_be_seen_on_light_and_dark() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (each / 12.92 if each <= 0.04 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05

    shown = Audit(())._repr_html_()
    colours = set(re.findall(r"#[0-9a-f]{6}", shown))
    assert colours
    for colour in colours:
        for ground in ("#ffffff", "#111111", "#1e1e1e"):
            low, high = sorted((light(colour), light(ground)))
            assert high / low >= 3, f"{colour} on {ground}"


def test_whatever_stands_in_a_document_is_escaped(zhaotong_sample: Report) -> None:
    applications = zhaotong_sample.tables["applications"]
    dirty = replace(
        applications,
        labels=dict.fromkeys(applications.labels, HOSTILE),
        raws=tuple(HOSTILE if raw == "70" else raw for raw in applications.raws),
    )
    report = replace(zhaotong_sample, path=HOSTILE, agency=HOSTILE, tables={"applications": dirty})
    audit = govstats.check(report)
    unread = Unread(HOSTILE, ReadError(Text(HOSTILE, HOSTILE)))
    both = Audit((*audit.entries, unread))
    finding = replace(audit.findings[0], message=Text(HOSTILE, HOSTILE), hint=Text(HOSTILE, HOSTILE))
    for shown in (report, audit, audit.audited[0], both, Audit((unread,)), finding):
        html = shown._repr_html_()
        assert "<script" not in html
        assert "&lt;script&gt;" in html


def test_a_finding_shows_itself_without_its_report(zhaotong_sample: Report) -> None:
    finding = govstats.check(zhaotong_sample).findings[0]
    shown = bare(finding._repr_html_())
    for told in ("T304 总计未填", "natural_person", "[0]", "78", "怎么改："):
        assert told in shown
    with speaking("en"):
        assert "What to do: " in finding._repr_html_()


@dataclass(frozen=True)
class Kept:
    """A report that counts how often it is loaded."""

    path: str
    report: Report
    loads: list[str]

    def __hash__(self) -> int:
        return hash(self.path)

    def load(self) -> Report:
        """Load it."""
        self.loads.append(self.path)
        return self.report


def test_an_audit_of_thousands_is_shown_in_a_few_lines(zhaotong_sample: Report) -> None:
    (entry,) = govstats.check(zhaotong_sample).audited
    warning = replace(entry.findings[0], severity="warning", rule="P401", name="in-force-below-issued")
    loads: list[str] = []
    glance = Glance.at(zhaotong_sample)
    many = [
        Audited(
            Kept(f"{number}.html", zhaotong_sample, loads), (warning,) if number < 2000 else entry.findings, seen=glance
        )
        for number in range(3000)
    ]
    unread = [Unread(f"x{number}", ReadError(Text("空", "empty"))) for number in range(500)]
    shown = bare(Audit((*many, *unread))._repr_html_())
    assert len(shown) < 30_000
    assert shown.count("<table") == 7, "the worst reports, the counts, and five findings"
    assert len(loads) == 5, "no more reports are loaded than are shown"
    assert all(int(path.removesuffix(".html")) >= 2000 for path in loads), "errors first"
    counts = [re.findall(r">([^<>]+)<", row) for row in re.findall(r"<tr>.*?</tr>", shown)]
    assert [row for row in counts if row[-1] in {"1000", "2000"}] == [
        ["P401", "现行有效少于本年制发", "警告", "2000", "2000"],
        ["T304", "总计未填", "错误", "1000", "1000"],
    ]
    assert "另有 2995 个问题" in shown
    assert "另有 490 个文件没有读成" in shown


def test_an_audit_without_findings_says_so() -> None:
    clean = govstats.check(next(path for path in govstats.samples() if "suqian-2023" in path.name))
    assert "没有发现问题" in clean._repr_html_()
    assert "没有发现问题" in Audit((*clean.entries, *clean.entries))._repr_html_()
    assert "核对了 0 份报告" in Audit(())._repr_html_()


def test_a_cell_without_a_figure_is_shown_in_words() -> None:
    report = govstats.read(
        "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | / | | 1*** |\n行政许可 | 0 |\n"
    )
    shown = report._repr_html_()
    for text in ("/", "（空）", "1***", "（缺）"):
        assert f'<td class="gs-odd">{text}</td>' in shown
    assert "<td>0</td>" in shown


# df.gov


def with_states(rng: np.random.Generator) -> Table:
    """Figures that add up, some cells of which are blank, a mark, broken, or one too many."""
    texts = [str(int(value)) for value in random_valid(rng)["applications"]]
    for at in rng.choice(len(texts), rng.integers(0, 12), replace=False):
        texts[at] = str(rng.choice(["", "/", "1***", "7"]))
    rows: dict[str, list[object]] = {}
    for cell, text in zip(APPLICATIONS.cells, texts, strict=True):
        rows.setdefault(cell.row, []).append(text)
    return Table.from_texts(APPLICATIONS, rows)


@given(st.integers(0, 2**32))
@settings(max_examples=40)
def test_a_frame_and_its_table_have_the_same_outcomes(seed: int) -> None:
    table = with_states(np.random.default_rng(seed))
    made = frame(table)
    direct = evaluate(table.form, table.values[None], table.states[None])[0]
    relations = made.gov.relations()
    assert list(relations["outcome"]) == [Outcome(int(each)).name.lower() for each in direct]
    again = table_of_frame(made.gov.labelled("en"), table.form)
    assert np.array_equal(again.values, table.values, equal_nan=True)
    assert np.array_equal(again.states, table.states)
    report = report_of(applications=table)
    direct_findings = [each for each in govstats.check(report).findings if each.table and each.rule != "D002"]
    found = made.gov.check().findings
    assert [(each.rule, each.cells) for each in found] == [(each.rule, each.cells) for each in direct_findings]


def test_a_figure_put_right_in_the_frame_is_right(zhaotong_sample: Report) -> None:
    mine = zhaotong_sample.applications.copy()
    assert [each.rule for each in mine.gov.check().findings] == ["T304"]
    for change in mine.gov.check().findings[0].repair:
        mine.loc[change.row, change.column] = change.to
    assert mine.gov.check().ok
    assert set(mine.gov.relations()["outcome"]) == {"pass"}


def test_an_emptied_cell_is_not_taken_for_zero() -> None:
    clean = govstats.read(next(path for path in govstats.samples() if "suqian-2023" in path.name)).applications.copy()
    clean.loc["3.3.1", "total"] = pd.NA  # was 0: as a blank it would count as 0 and pass
    outcomes = clean.gov.relations().query("outcome == 'error'")
    assert list(outcomes["rule"]) == ["T301", "T302"]
    assert not clean.gov.check().ok


def test_lines_that_are_not_in_the_frame_are_not_verified(zhaotong_sample: Report) -> None:
    part = zhaotong_sample.litigation.loc[["review"]]
    assert list(part.gov.relations()["outcome"]) == ["pass", "error", "error"]
    assert "D003" in {each.rule for each in part.gov.check().findings}


def test_a_line_told_twice_is_refused(zhaotong_sample: Report) -> None:
    twice = pd.concat([zhaotong_sample.litigation, zhaotong_sample.litigation])
    twice.attrs = zhaotong_sample.litigation.attrs
    with pytest.raises(UsageError, match="两次"):
        twice.gov.check()


def test_a_frame_can_be_stored_with_what_it_knows(tmp_path: object) -> None:
    made = govstats.read(
        "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | / | | 1*** |\n行政许可 | 0 |\n"
    ).disclosure
    path = f"{tmp_path}/frame.parquet"
    made.to_parquet(path)
    assert pd.read_parquet(path).attrs == made.attrs


def test_a_styled_frame_marks_accused_cells_and_says_why(zhaotong_sample: Report) -> None:
    shown = zhaotong_sample.applications.gov.style().to_html()
    assert re.findall(r">(\[0\] [^<]*)<", shown) == ["[0] 应为 78", "[0] 应为 3", "[0] 应为 81"]
    framed = re.search(r"([^}]*)\{\s*outline: 2px solid", shown)
    assert framed
    assert framed[1].count("#T_govstats") == 3
    assert "caption-side: bottom" in shown
    assert "各部分不是" in shown.split("<caption>")[1].split("</caption>")[0]
    assert ">自然人</th>" in shown
    assert "should be 78" in zhaotong_sample.applications.gov.style("en").to_html()


def test_a_styled_frame_is_escaped_and_shows_states() -> None:
    report = govstats.read(
        "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | / | | 1*** |\n行政许可 | 0 |\n"
    )
    mine = report.disclosure.rename(index={"20.1.normative": HOSTILE})
    shown = mine.gov.style().to_html()
    assert "<script" not in shown
    assert "（空）" in shown


def test_a_caption_is_escaped(zhaotong_sample: Report) -> None:
    from govstats.display.styled import styled

    audit = govstats.check(zhaotong_sample)
    found = replace(audit.findings[0], message=Text(HOSTILE, HOSTILE))
    made = styled(zhaotong_sample.applications, APPLICATIONS, Audit((Audited(audit.reports[0], (found,)),)))
    assert "<script" not in made.to_html()
    assert (
        "没有发现问题" in styled(zhaotong_sample.litigation, FORMAT.tables["litigation"], _no_findings(audit)).to_html()
    )


def _no_findings(audit: Audit) -> Audit:
    return Audit((Audited(audit.reports[0], ()),))


def test_the_maker_of_tables_here_agrees_with_the_reader() -> None:
    vector = random_valid(np.random.default_rng(3))["litigation"]
    made = frame(table_of("litigation", vector))
    assert made.gov.check().ok
