"""Forms and rules of the user: a folder is all it takes, and what is wrong with one is told."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

import govstats
from govstats.catalog import additions, resources
from govstats.catalog.formats import get_format, known_formats
from govstats.catalog.rules import get_rule, known_rules
from govstats.catalog.version import version
from govstats.display.books.examples import example_findings
from govstats.errors import CatalogError
from govstats.renderers import render, renderers
from tests.documented import blocks
from tests.folders import ROOT

FORM = """
format: made-channels
title: {zh: 渠道统计表, en: Channels}
basis: 某政办〔2022〕7号
since: 2022
tables:
  channels:
    title: {zh: 依申请公开渠道统计, en: Requests by channel}
    section: 附表
    columns:
      - {key: received, zh: 收到件数, en: Received}
      - {key: closed, zh: 办结件数, en: Closed}
      - {key: open, zh: 在办件数, en: Open}
    rows:
      - {code: online, zh: 网络申请, en: Online}
      - {code: letter, zh: 信函申请, en: By letter}
    relations:
      - {rule: X101, each: row, left: [closed, open], right: [received]}
"""
RULE = """
code: X101
name: channel-balance
severity: error
title: {zh: 渠道收办平衡, en: Balance}
text: {zh: 办结加在办等于收到。, en: Closed and open make what was received.}
basis: {zh: 某政办〔2022〕7号, en: 某政办〔2022〕7号}
message: {zh: "{table}{line}不符，相差 {difference}。", en: "{table}, {line}: difference {difference}."}
hint: {zh: 核对。, en: Check.}
examples:
  pass:
    - {note: {zh: 对, en: right}, format: made-channels, table: channels, figures: {online: [3, 2, 1]}}
  fail:
    - {note: {zh: 错, en: wrong}, format: made-channels, table: channels, figures: {online: [4, 2, 1]}}
"""
PAGE = "渠道 | 收到件数 | 办结件数 | 在办件数\n网络申请 | 30 | 25 | 3\n信函申请 | 12 | 10 | 2\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a form and a rule; in the end all is as it was."""
    monkeypatch.setenv(resources.VARIABLE, "")
    for name, text in {"formats/made-channels": FORM, "rules/X101-channel-balance": RULE}.items():
        path = tmp_path / "mine" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    yield tmp_path / "mine"
    os.environ.pop(resources.VARIABLE, None)
    for cached in additions._CACHES:
        cached.cache_clear()


SANGONG = """2019年青山县司法局部门“三公”经费情况统计表
项 目 | 2018年执行数 | 本年预算数 | 备注 |
合 计 | 50 | 41.35 | |
1.因公出国（境）费用 | 0 | 0 | |
2.公务接待费 | 4.20 | 3.70 | |
3.公务用车费 | 45.80 | 0 | |
其中：（1）公务用车运行维护费 | 45.80 | 37.65 | |
（2）公务用车购置 | 0 | 0 | |
发布日期：2020年9月30日
"""


def test_the_form_of_another_statute_on_the_page_on_extending_is_read_and_checked(folder: Path) -> None:
    (form,) = (text for text in blocks("docs/extending.md", "yaml") if "example-sangong.yaml\n" in text)
    (folder / "formats" / "example-sangong.yaml").write_text(form, "utf-8")
    govstats.add_schemas(folder)
    report = govstats.read(SANGONG.encode())
    assert (report.agency, report.year, report.format) == ("青山县司法局", 2019, "example-sangong")
    assert list(report.table("sangong")["budget"]) == [41.35, 0, 3.7, 0, 37.65, 0]
    (finding,) = govstats.check(report).findings
    assert (finding.rule, [(each.row, each.to) for each in finding.repair]) == ("T304", [("cars", 37.65)])
    mended = SANGONG.replace("45.80 | 0", "45.80 | 37.65")
    for called in ("公务用车费", "公务用车购置及运行维护费"):
        assert not govstats.check(mended.replace("3.公务用车费", f"3.{called}").encode()).findings


def test_a_form_and_a_rule_of_ones_own_are_read_and_applied(folder: Path) -> None:
    shipped = get_format("national-2021")
    govstats.add_schemas(folder)
    assert get_format("national-2021") is shipped, "what is shipped stays the very same"
    report = govstats.read(PAGE)
    assert (report.format, list(report.tables)) == ("made-channels", ["channels"])
    assert [finding.rule for finding in govstats.check(report).findings] == ["X101", "D011"]
    examples = get_rule("X101").examples
    assert [[each.rule for each in example_findings(one)] for one in (*examples.passes, *examples.fails)] == [
        ["D011"],
        ["X101", "D011"],
    ]
    assert govstats.schema("made-channels", "channels").name == "made-channels.channels"
    assert govstats.audit(govstats.samples()).summary.en.startswith("3 reports checked: 1 error")


def test_other_processes_know_them_too(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE, "utf-8")
    environment = {**os.environ, resources.VARIABLE: str(folder)}
    command = [sys.executable, "-m", "govstats", "check", str(page), "--format", "concise"]
    root = ROOT
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", cwd=root, check=False)
    assert (done.returncode, done.stdout.count("X101")) == (1, 1), done.stderr
    govstats.add_schemas(folder)
    (tmp_path / "other.txt").write_text(PAGE + "\n", "utf-8")
    found = govstats.audit([page, tmp_path / "other.txt"], jobs=2).findings
    assert [each.rule for each in found] == 2 * ["X101", "D011"]


def test_a_changed_file_is_read_again(folder: Path) -> None:
    govstats.add_schemas(folder)
    before = version()
    path = folder / "formats" / "made-channels.yaml"
    path.write_text(FORM.replace("渠道统计表", "申请渠道表"), "utf-8")
    govstats.add_schemas(folder)
    assert get_format("made-channels").title.zh == "申请渠道表"
    assert version() != before, "results that were kept are not taken for those of the new form"
    assert os.environ[resources.VARIABLE].count("mine") == 1


def test_a_form_may_extend_a_shipped_one(folder: Path) -> None:
    text = (
        "format: made-litigation\ntitle: {zh: 甲, en: A}\nbasis: 乙\nsince: 2022\nextends: national-2021\n"
        "tables: {disclosure: null, applications: null}\n"
    )
    (folder / "formats" / "made-litigation.yaml").write_text(text, "utf-8")
    govstats.add_schemas(folder)
    assert list(get_format("made-litigation").tables) == ["litigation"]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("rules/X102-broken.yaml", "code: X102\nname: broken\nseverity: deadly\n", "severity"),
        ("rules/X101-twice.yaml", RULE.replace("channel-balance", "twice"), "X101"),
        ("rules/T301-total-row.yaml", RULE, "T301-total-row.yaml"),
        ("formats/national-2021.yaml", FORM, "national-2021.yaml"),
        ("formats/other.yaml", FORM, "made-channels"),
        ("formats/made-other.yaml", FORM.replace("made-channels", "made-other").replace("X101", "X999"), "X999"),
        ("formats/made-bad.yaml", "format: [", "YAML"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_changes(folder: Path, name: str, text: str, told: str) -> None:
    rules, formats = set(known_rules()), set(known_formats())
    (folder / name).write_text(text, "utf-8")
    with pytest.raises(CatalogError, match=told):
        govstats.add_schemas(folder)
    assert (set(known_rules()), set(known_formats())) == (rules, formats)


def test_a_folder_without_forms_and_rules_is_refused(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(CatalogError, match="formats"):
        govstats.add_schemas(tmp_path)
    assert not os.environ.get(resources.VARIABLE)


def test_a_finding_of_ones_own_rule_is_in_every_output(folder: Path) -> None:
    """Its group is its own, where its file names none."""
    govstats.add_schemas(folder)
    entries = govstats.check(PAGE.encode()).entries
    assert get_rule("X101").group == "X101"
    for name in set(renderers()) - {"xlsx"}:
        assert "X101" in "".join(map(str, render(name, entries))), name
    book = openpyxl.load_workbook(BytesIO(b"".join(c for c in render("xlsx", entries) if isinstance(c, bytes))))
    assert any(cell == "X101" for page in book for row in page.iter_rows(values_only=True) for cell in row)
    suites = etree.fromstring("".join(map(str, render("junit", entries))).encode())
    assert [each.get("failures") for each in suites.iter("testsuite")] == ["1"]
    assert [each.get("type") for each in suites.iter("failure")] == ["X101"]
