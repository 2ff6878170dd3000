"""Every form in every main shape to the last cell; reports of several forms; a form of tomorrow as one file."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import govstats
from govstats.catalog import resources
from govstats.catalog.formats import get_format, known_formats, successor
from govstats.catalog.series import harmonised
from govstats.cli import _run
from govstats.errors import UsageError
from tests.containers import CONTAINERS
from tests.factory import FORMAT, Forms, as_figures, document, random_valid
from tests.figuresets import sample
from tests.judge import count, untold
from tests.markings import EVERY
from tests.stories import story

OLDER = [name for name in known_formats() if name != FORMAT.name]
NEW, OLD = FORMAT.tables, get_format("national-2019").tables
MIXTURES = {
    "applications": {**NEW, "applications": OLD["applications"]},
    "disclosure": {**NEW, "disclosure": OLD["disclosure"]},
}
"""The table that is of 2019 → the forms of a report's tables."""


def title(year: int) -> str:
    return f"某市某局{year}年政府信息公开工作年度报告"


def made(forms: Forms, year: int, seed: int = 5, shape: str = "html") -> govstats.Report:
    """A valid report whose tables follow these forms."""
    figures = as_figures(random_valid(np.random.default_rng(seed), forms=forms), forms)
    return govstats.read(document(figures, shape, title(year), forms))


def rules(report: govstats.Report) -> list[str]:
    return [finding.rule for finding in govstats.check(report).findings]


@pytest.mark.parametrize("container", ["html", "page", "docx", "pdf", "text", "xlsx", "csv"])
@pytest.mark.parametrize("name", OLDER)
def test_every_form_is_read_to_the_last_cell_in_every_shape(name: str, container: str) -> None:
    form = get_format(name)
    kinds = ("dense", "sparse", "distinct") if container not in {"docx", "pdf"} else ("dense",)
    for shape in (
        each for each in CONTAINERS[container].shapes if each.rpartition(" ")[2] not in EVERY
    ):  # those: test_matrix.py
        for kind in kinds:
            figures, truth = sample(kind, 7, form.tables)
            told = story(figures, title(form.until or 2023), form.tables)
            audited = govstats.check(CONTAINERS[container].render(told, "utf-8", shape)).audited[0]
            counts = count(audited.report, truth, form.tables)
            assert set(counts) == {"exact"}, (shape, kind, counts)
            assert audited.report.format == name
            findings = [
                each for each in audited.findings if each.rule not in {"D011", "D009" if shape == "noise" else ""}
            ]
            assert kind == "distinct" or not findings, (shape, kind, [str(each) for each in findings])


@pytest.mark.parametrize("name", OLDER)
def test_gaps_in_every_form_are_told_and_never_zero(name: str) -> None:
    form = get_format(name)
    for container, shape in (("html", "plain"), ("text", "A1"), ("text", "A7"), ("text", "plain"), ("docx", "plain")):
        for seed in range(5):
            figures, truth = sample("gaps", seed, form.tables)
            told = story(figures, title(form.until or 2023), form.tables)
            audited = govstats.check(CONTAINERS[container].render(told, "utf-8", shape)).audited[0]
            assert set(count(audited.report, truth, form.tables)) <= {"exact", "gap", "unreadable"}, (shape, seed)
            assert not untold(audited, form.tables), (shape, seed)


@pytest.mark.parametrize("shape", ["html", "A1", "A4", "A6", "plain"])
@pytest.mark.parametrize("older", MIXTURES)
def test_a_report_of_two_forms_has_each_table_under_its_own(older: str, shape: str) -> None:
    report = made(MIXTURES[older], 2022, shape=shape)
    assert report.format == "national-2021"
    assert {name: table.form for name, table in report.tables.items()} == MIXTURES[older]
    (finding,) = govstats.check(report).findings
    assert (finding.rule, finding.table, finding.severity) == ("D006", older, "warning")
    assert "national-2021" in finding.message.zh
    assert rules(made(MIXTURES[older], 2020, shape=shape)) == []


def test_a_mixture_lacks_what_the_report_s_format_demands() -> None:
    forms = {name: form for name, form in MIXTURES["applications"].items() if name != "litigation"}
    findings = govstats.check(made(forms, 2020)).findings
    assert [(finding.rule, finding.table) for finding in findings] == [("D002", "litigation")]


def test_both_changed_tables_of_2019_in_2023_are_out_of_date_for_one_cause() -> None:
    findings = govstats.check(made(OLD, 2023)).findings
    assert {(finding.rule, finding.table, finding.cause) for finding in findings} == {
        ("D006", "disclosure", "f1"),
        ("D006", "applications", "f1"),
    }


@pytest.mark.parametrize(
    ("name", "year", "told"),
    [
        ("national-2014", 2018, []),
        ("national-2014", 2019, ["D006"]),
        ("fujian-2013", 2012, []),
        ("fujian-2018", 2018, []),
        ("fujian-2018", 2022, ["D006"]),
        ("national-2019", 2020, []),
    ],
)
def test_a_form_is_out_of_date_from_the_year_that_a_newer_one_is_for(name: str, year: int, told: list[str]) -> None:
    assert rules(made(get_format(name).tables, year)) == told


def test_the_successor_is_the_one_in_force_in_the_year() -> None:
    found = [successor("fujian-2018", year) for year in (2018, 2020, 2021, 2026)]
    assert [each and each.name for each in found] == [None, "national-2019", "national-2021", "national-2021"]


def test_without_a_year_no_form_is_out_of_date() -> None:
    figures = as_figures(random_valid(np.random.default_rng(1), forms=OLD), OLD)
    report = govstats.read(document(figures, "html", "某市某局政府信息公开工作报告", OLD))
    assert report.year is None
    assert rules(report) == ["D011"]


def test_a_table_of_2019_with_blanks_for_0_and_totals_in_four_rows_has_no_error() -> None:
    for seed in range(20):
        vectors = random_valid(np.random.default_rng(seed), 0.2, forms=OLD)
        figures = as_figures(vectors, OLD)
        for code, row in figures["applications"].items():
            for key, value in row.items():
                if not value or (key == "total" and code not in {"1", "2", "3.7", "4"}):
                    row[key] = ""
        for shape in ("html", "A4", "A7", "A15"):
            audit = govstats.check(document(figures, shape, title(2019), OLD))
            assert audit.ok, (seed, shape, [str(finding) for finding in audit.findings])
            assert audit.reports[0].format == "national-2019"
            report = audit.reports[0]
            for cell, value in zip(OLD["applications"].cells, report.tables["applications"].values, strict=True):
                printed = figures["applications"][cell.row][cell.column]
                assert np.isnan(value) if printed == "" else value == printed


def test_show_tells_each_table_s_form_and_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "报告.html"
    forms = MIXTURES["applications"]
    path.write_text(
        document(as_figures(random_valid(np.random.default_rng(2), forms=forms), forms), "html", forms=forms)
    )
    assert _run(["show", str(path)]) == 0
    shown = capsys.readouterr().out
    assert "national-2019/applications" in shown
    assert "这张表按 national-2019，与报告的格式 national-2021 不同；依据：“其他处理”" in shown
    assert "依据：“本年制发件数”" in shown
    assert "各格式的这张表相同" in shown
    _run(["show", str(path), "--lang", "en"])
    assert "unlike the report (national-2021); known by “其他处理”" in capsys.readouterr().out
    _run(["show", str(path), "--format", "json"])
    (told,) = json.loads(capsys.readouterr().out)
    assert told["forms"] == {name: form.format for name, form in forms.items()}
    assert told["reasons"]["applications"] == "依据：“其他处理”"


def bought(amount: str) -> govstats.Report:
    figures = as_figures(random_valid(np.random.default_rng(4), forms=OLD), OLD)
    figures["disclosure"]["20.9.procurement"]["amount"] = amount
    return govstats.read(document(figures, "html", title(2019), OLD))


AMOUNT = "disclosure/20.9.procurement/amount"


@pytest.mark.parametrize(
    ("printed", "value", "unit", "converted"),
    [("160.5964万元", 160.5964, "万元", 160.5964), ("251000元", 251000, "元", 25.1), ("1.2亿元", 1.2, "亿元", 12000)],
)
def test_an_amount_keeps_its_unit_and_is_converted_on_request(
    printed: str, value: float, unit: str, converted: float
) -> None:
    report = bought(printed)
    assert report.disclosure.loc["20.9.procurement", "amount"] == value
    assert report.amount(AMOUNT) == converted
    assert report.amount(AMOUNT, unit="元") == round(converted * 10_000)
    long = report.to_frame().set_index(["table", "row", "column"])
    assert long.loc[("disclosure", "20.9.procurement", "amount"), ["value", "unit"]].tolist() == [value, unit]
    assert printed in str(report)


def test_an_amount_without_a_unit_is_not_converted_and_shown_as_such() -> None:
    report = bought("8040")
    assert report.disclosure.loc["20.9.procurement", "amount"] == 8040
    assert report.source(AMOUNT).unit == ""
    with pytest.raises(UsageError, match="没有写单位"):
        report.amount(AMOUNT)
    assert "8040（单位不明）" in str(report)
    long = report.to_frame().set_index(["table", "row", "column"])
    assert pd.isna(long.loc[("disclosure", "20.9.procurement", "amount"), "unit"])
    assert bought("0").amount(AMOUNT) == 0
    assert bought("/").amount(AMOUNT) is None


def test_what_is_no_amount_is_not_converted() -> None:
    with pytest.raises(UsageError, match="不能换算"):
        bought("1万元").amount("disclosure/20.9.procurement/projects")
    with pytest.raises(UsageError, match="美元"):
        bought("1万元").amount(AMOUNT, unit="美元")


def test_a_fixed_unit_is_that_of_the_form() -> None:
    report = made(NEW, 2023)
    value = report.disclosure.loc["20.8.fees", "amount"]
    assert report.amount("disclosure/20.8.fees/amount") == value
    assert "金额（万" in str(report)


TOMORROW = """
format: national-2027
title: {zh: 政府信息公开工作年度报告格式（2027 年）, en: Form of 2027}
basis: 国办公开办函〔2027〕1号
since: 2027
extends: national-2021
replaces: [national-2021]

tables:
  applications:
    rows:
      - {code: "3.1", zh: (一)全部公开, en: (1) Granted in full}
      - {code: "3.4.4", zh: 4.信息已移交档案馆, en: 4. Handed to the archives, after: "3.4.3"}
      - {code: "3.5.6", zh: 6.以申请替代咨询, en: 6. Questions as requests, after: "3.5.5"}
"""


@pytest.fixture
def tomorrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Forms]:
    """The tables of a form that is one more file in the folder of schemas."""
    folder = tmp_path / "schemas"
    shutil.copytree(resources.schemas(), folder)
    (folder / "formats" / "national-2027.yaml").write_text(TOMORROW, "utf-8")
    monkeypatch.setattr(resources, "schemas", lambda: folder)
    for cached in (known_formats, harmonised):
        cached.cache_clear()
    yield get_format("national-2027").tables
    monkeypatch.undo()
    for cached in (known_formats, harmonised):
        cached.cache_clear()


@pytest.mark.parametrize("shape", ["html", "A1", "A5", "A6", "A9", "plain", "spaces"])
def test_a_form_of_tomorrow_is_read_and_checked(tomorrow: Forms, shape: str) -> None:
    vectors = random_valid(np.random.default_rng(8), forms=tomorrow)
    report = govstats.read(document(as_figures(vectors, tomorrow), shape, title(2027), tomorrow))
    assert report.format == "national-2027"
    assert {name: list(table.values) for name, table in report.tables.items()} == {
        name: list(vector) for name, vector in vectors.items()
    }
    assert rules(report) == []
    assert len(report.tables["applications"].form.relations) == 7 + 7 + 27


def test_the_form_of_today_is_out_of_date_tomorrow(tomorrow: Forms) -> None:
    today = get_format("national-2021").tables
    findings = govstats.check(made(today, 2027)).findings
    assert [(finding.rule, finding.table) for finding in findings] == [("D006", "applications")]
    assert rules(made(today, 2026)) == []


def test_the_commands_know_the_form_of_tomorrow(
    tomorrow: Forms, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = as_figures(random_valid(np.random.default_rng(9), 0.9, forms=tomorrow), tomorrow)
    figures["applications"]["3.7"] = dict.fromkeys(figures["applications"]["3.7"], 0)
    path = tmp_path / "报告.html"
    path.write_text(document(figures, "html", title(2027), tomorrow), "utf-8")
    assert _run(["check", str(path)]) == 1
    assert "T304" in capsys.readouterr().out
    assert _run(["show", str(path)]) == 0
    assert "信息已移交档案馆" in capsys.readouterr().out
    assert _run(["formats", "national-2027"]) == 0
    assert "3.5.6" in capsys.readouterr().out
    assert _run(["schema", "national-2027", "applications"]) == 0
    assert "3.4.4" in capsys.readouterr().out
    for ending in ("docx", "xlsx", "html"):
        copy = tmp_path / f"改正稿.{ending}"
        assert _run(["fix", str(path), "-o", str(tmp_path / "建议.csv"), "--apply", str(copy)]) == 0
        mended = govstats.read(copy)
        assert (mended.format, rules(mended)) == ("national-2027", [])
    assert govstats.read(path).harmonised()["total"].isna().all()


def test_yanping_is_read_exactly_and_has_one_error(shared: Path, gold: dict[str, dict[str, object]]) -> None:
    path = next((shared / "seeds").glob("004_*.txt"))
    report = govstats.read(path)
    assert report.to_dict()["tables"] == gold["004"]["tables"]
    assert (report.agency, report.year, report.format) == ("南平市延平区人民政府办公室", 2018, "fujian-2018")
    (error,) = [finding for finding in govstats.check(report).findings if finding.severity == "error"]
    assert (error.rule, error.table, error.n_ties) == ("T305", "summary", 2)
    assert (error.evidence[0].line, error.evidence[0].left, error.evidence[0].right) == ("year", 2, 0)
    assert {(change.row, change.to) for tie in error.ties for change in tie} == {("answered", 2), ("answered.other", 0)}


@pytest.mark.parametrize("year", ["2018年度", "2013年", "本年度", "年度"])
def test_a_column_named_by_its_year_is_known_wherever_it_stands(year: str) -> None:
    lines = [
        "指标名称 | 历年累计 | {} |",
        "受理政府信息公开申请总数 | 9 | 2 |",
        "行政复议数量 | 7 | 1 |",
        "行政诉讼数 | 8 | 0 |",
    ]
    report = govstats.read("\n".join(lines).format(year) + "\n")
    assert report.table("summary").loc[["received", "reviews", "litigation"], "year"].to_list() == [2, 1, 0]
    assert report.table("summary").loc[["received", "reviews", "litigation"], "cumulative"].to_list() == [9, 7, 8]
