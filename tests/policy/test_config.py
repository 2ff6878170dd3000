"""The configuration: found upwards, its keys mean what the options mean, faults are told with what was meant."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import govstats
from govstats.cli import _run
from govstats.errors import UsageError
from govstats.policy.config import KEYS, Configuration, configuration
from govstats.policy.policy import Policy
from tests.folders import ROOT

ZHAOTONG = next(path for path in govstats.samples() if "zhaotong" in path.name)

TOML = """
[tool.govstats]
select = ["T", "C102"]
ignore = ["C103"]
per-file-ignores = {"旧/*" = ["T304"], "*.pdf" = ["total-row"]}
severities = {T = "warning", T304 = "off", total-row = "info"}
exclude = ["旧/*", "*.bak.html"]
fail-on = "warning"
roster = "名单.csv"
baseline = "基线.json"
lang = "en"
jobs = 2
format = "auto"
"""
CFG = """
[govstats]
select = T, C102
ignore =
    C103
per-file-ignores =
    旧/*: T304
    *.pdf: total-row
severities =
    T: warning
    T304: off
    total-row: info
exclude = 旧/*, *.bak.html
fail-on = warning
roster = 名单.csv
baseline = 基线.json
lang = en
jobs = 2
format = auto
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "旧").mkdir()
    (tmp_path / "旧" / "zhaotong.html").write_bytes(ZHAOTONG.read_bytes())
    (tmp_path / "zhaotong.html").write_bytes(ZHAOTONG.read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, text: str, name: str = "pyproject.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_both_kinds_of_files_say_the_same(tmp_path: Path) -> None:
    toml, cfg = (configuration(file=write(tmp_path, *each)) for each in ((TOML, "pyproject.toml"), (CFG, "setup.cfg")))
    assert toml == cfg
    assert toml.baseline_path == tmp_path / "基线.json"
    assert toml.roster_path == tmp_path / "名单.csv"
    given = toml.model_dump(exclude={"folder"})
    assert {key.replace("_", "-") for key in given} == set(KEYS)
    assert all(given.values()), "the example sets every key"


def test_the_nearest_file_with_the_table_counts(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    write(tmp_path, '[tool.govstats]\nlang = "en"\n')
    write(tmp_path / "a", '[tool.other]\nlang = "zh"\n')
    assert configuration(inner).lang == "en"
    write(tmp_path / "a", "[govstats]\nlang = zh\n", "setup.cfg")
    assert configuration(inner).lang == "zh"
    write(tmp_path / "a", "[tool.govstats]\njobs = 1\n")
    assert configuration(inner).lang is None, "pyproject.toml goes before setup.cfg beside it"


def test_without_any_file_nothing_is_set(tmp_path: Path) -> None:
    assert configuration(tmp_path) == Configuration()


def test_a_broken_file_of_others_is_passed_over_and_one_of_ours_is_told(tmp_path: Path) -> None:
    write(tmp_path, "[tool.other\n")
    assert configuration(tmp_path) == Configuration()
    write(tmp_path, "[tool.govstats]\nselect = [\n")
    with pytest.raises(UsageError, match="读不成"):
        configuration(tmp_path)


@pytest.mark.parametrize(
    ("line", "told", "near"),
    [
        ('selct = ["T"]', "没有设置“selct”", "是不是“select”"),
        ('fail_on = "error"', "没有设置“fail_on”", "是不是“fail-on”"),
        ("qqqqqq = 1", "没有设置“qqqqqq”", "docs/configuration.md"),
        ('select = "T"', "select：应为一列规则", "写的是 'T'"),
        ("select = [1]", "select：应为一列规则", "写的是 1"),
        ('select = ["T3O4"]', "select：没有规则“T3O4”", "是不是“T304”"),
        ('ignore = ["total-rwo"]', "ignore：没有规则“total-rwo”", "是不是“total-row”"),
        ('per-file-ignores = {"*" = "T"}', "per-file-ignores *：应为", "写的是 'T'"),
        ('per-file-ignores = {"*" = ["Q"]}', "per-file-ignores：没有规则“Q”", ""),
        ('severities = {T304 = "fatal"}', "severities T304：应为规则 → error", "写的是 'fatal'"),
        ('severities = {T999 = "off"}', "severities：没有规则“T999”", ""),
        ('fail-on = "always"', "fail-on：应为 error", "写的是 'always'"),
        ("roster = 3", "roster：应为一个文件的路径", "写的是 3"),
        ("baseline = []", "baseline：应为一个文件的路径", "写的是 []"),
        ('lang = "fr"', "lang：应为 zh 或 en", "写的是 'fr'"),
        ("jobs = -1", "jobs：应为不小于 0 的整数", "写的是 -1"),
        ("jobs = true", "jobs：应为不小于 0 的整数", "写的是 True"),
        ('format = "sarff"', "format：没有输出格式“sarff”", "是不是“sarif”"),
    ],
)
def test_a_fault_says_file_key_expected_and_what_is_near(
    project: Path, line: str, told: str, near: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(project, f"[tool.govstats]\n{line}\n")
    assert _run(["check", "zhaotong.html"]) == 2
    shown = capsys.readouterr().err.replace("应为error", "应为 error").replace("应为zh", "应为 zh")
    assert f"{path} [tool.govstats] " in shown
    assert told in shown
    assert near in shown
    assert _run(["check", "zhaotong.html", "--isolated"]) == 1


def test_a_line_without_a_colon_in_setup_cfg_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="per-file-ignores 旧/ C102：应为"):
        configuration(file=write(tmp_path, "[govstats]\nper-file-ignores =\n    旧/ C102\n", "setup.cfg"))
    with pytest.raises(UsageError, match="jobs：应为"):
        configuration(file=write(tmp_path, "[govstats]\njobs = many\n", "setup.cfg"))


@pytest.mark.parametrize("name", ["none.toml", "empty.toml"])
def test_a_file_that_is_named_must_have_the_table(project: Path, name: str) -> None:
    write(project, "", "empty.toml")
    assert _run(["check", "zhaotong.html", "--config", name]) == 2
    assert _run(["check", "zhaotong.html", "--config", name, "--isolated"]) == 2


def test_options_go_before_settings(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, '[tool.govstats]\nignore = ["T304"]\nformat = "json"\nfail-on = "never"\nlang = "en"\n')
    assert _run(["check", "zhaotong.html"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["findings"] == []
    assert _run(["check", "zhaotong.html", "--ignore", "D", "--fail-on", "error", "--format", "text"]) == 1
    assert "What to do: " in capsys.readouterr().out
    assert _run(["check", "zhaotong.html", "--ignore", "D", "--format", "text", "--lang", "zh"]) == 0
    assert "怎么改：" in capsys.readouterr().out
    assert _run(["check", "zhaotong.html", "-o", "audit.txt"]) == 0
    assert (project / "audit.txt").read_text("utf-8").startswith("zhaotong.html")


def test_severities_change_what_is_told_and_the_exit_code(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, '[tool.govstats]\nseverities = {T = "error", total-not-filled = "info"}\n')
    assert _run(["check", "zhaotong.html"]) == 0
    assert "提示 T304" in capsys.readouterr().out
    assert _run(["check", "zhaotong.html", "--fail-on", "info"]) == 1
    write(project, '[tool.govstats]\nseverities = {T304 = "off"}\n')
    assert _run(["check", "zhaotong.html", "--fail-on", "info"]) == 0


@pytest.mark.parametrize("glob", ["旧/*", "旧/", "./旧/*", "zhao*.html"])
def test_files_are_exempt_as_seen_from_the_file(
    project: Path, glob: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project, f'[tool.govstats]\nper-file-ignores = {{"{glob}" = ["T"]}}\n')
    assert _run(["check", "旧/zhaotong.html"]) == 0
    assert _run(["check", "zhaotong.html"]) == (0 if glob.startswith("zhao") else 1)
    monkeypatch.chdir(project / "旧")
    assert _run(["check", "zhaotong.html"]) == 0


def test_the_baseline_of_the_settings_is_used_wherever_the_command_runs(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project, '[tool.govstats]\nbaseline = "基线.json"\n')
    assert _run(["check", "zhaotong.html"]) == 2, "a baseline that is named must be there"
    assert _run(["check", "zhaotong.html", "--write-baseline", "基线.json"]) == 0
    monkeypatch.chdir(project / "旧")
    assert _run(["check", "zhaotong.html"]) == 0
    assert _run(["check", "zhaotong.html", "--isolated"]) == 1


def test_a_policy_says_what_is_looked_at(tmp_path: Path) -> None:
    policy = Policy.of(configuration(file=write(tmp_path, TOML)))
    assert policy.looks_at("T301", str(tmp_path / "a.html"))
    assert not policy.looks_at("T301", str(tmp_path / "deep" / "a.pdf"))
    assert not policy.looks_at("T304", str(tmp_path / "a.html"))
    assert not policy.looks_at("B201", str(tmp_path / "a.html"))
    assert policy.severities["T303"] == "warning"
    assert policy.severities["T301"] == "info"


def test_every_setting_is_explained() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    for key in KEYS:
        assert f"`{key}`" in page, key


def test_the_example_of_the_page_is_valid(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    toml = page.split("```toml\n")[1].split("```")[0]
    cfg = page.split("```ini\n")[1].split("```")[0]
    assert (
        configuration(file=write(tmp_path, toml))
        == configuration(file=write(tmp_path, cfg, "setup.cfg"))
        != Configuration()
    )
