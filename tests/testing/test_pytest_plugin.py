"""`pytest --govstats`: a test a table and rule, its failure our excerpt; it costs nothing unless it is asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

import govstats
from govstats.testing import assert_clean
from tests.folders import ROOT

pytest_plugins = ["pytester"]

SAMPLES = {path.name: path for path in govstats.samples()}
ZHAOTONG = next(name for name in SAMPLES if "zhaotong" in name)
OURS = ("-p", "govstats.pytest_plugin")


@pytest.fixture(autouse=True)
def _plugin_is_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """By name, whether or not this checkout is installed."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


@pytest.fixture
def reports(pytester: pytest.Pytester) -> Path:
    folder = pytester.mkdir("reports")
    for name, path in SAMPLES.items():
        (folder / name).write_bytes(path.read_bytes())
    return folder


def run(pytester: pytest.Pytester, *arguments: str | Path) -> pytest.RunResult:
    return pytester.runpytest_subprocess(*OURS, *arguments)


def test_the_samples_have_exactly_one_failing_item_with_its_excerpt(pytester: pytest.Pytester, reports: Path) -> None:
    ran = run(pytester, "--govstats", reports)
    counts = ran.parseoutcomes()
    assert counts["failed"] == 1
    assert counts["passed"] > 40 * len(SAMPLES)
    assert set(counts) == {"failed", "passed"}
    assert ran.ret == pytest.ExitCode.TESTS_FAILED
    ran.stdout.fnmatch_lines(
        [
            f"FAILED reports/{ZHAOTONG}::applications/T304*",
        ]
    )
    shown = {line.split()[0]: line.split()[1:] for line in ran.outlines if line.strip()}
    assert shown["(七)总计"] == ["[0]", "[0]", "[0]"]
    assert shown["应为"] == ["78", "3", "81"]
    assert "Traceback" not in ran.stdout.str()
    assert ".py:" not in ran.stdout.str()


def test_without_the_option_no_report_is_collected(pytester: pytest.Pytester, reports: Path) -> None:
    assert run(pytester, reports).ret == pytest.ExitCode.NO_TESTS_COLLECTED


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes")
@pytest.mark.parametrize("processes", [[], ["-p", "xdist", "-n", "2"]], ids=["alone", "shared"])
def test_names_that_are_bytes_end_no_run(pytester: pytest.Pytester, processes: list[str]) -> None:
    """GBK in the name of a folder and of files is shown decoded; other bytes are escaped."""
    folder = os.fsencode(pytester.path) + "/旧年报".encode("gbk")
    Path(os.fsdecode(folder)).mkdir()
    for name in ("青山县.html".encode("gbk"), b"\xff.html"):
        Path(os.fsdecode(folder + b"/" + name)).write_bytes(SAMPLES[ZHAOTONG].read_bytes())
    ran = run(pytester, *processes, "--govstats", "--junit-xml=told.junit")
    assert ran.ret == pytest.ExitCode.TESTS_FAILED
    ran.stdout.fnmatch_lines_random(["FAILED 旧年报/青山县.html::applications/T304*", "FAILED *udcff.html::*"])
    assert "INTERNALERROR" not in ran.stdout.str()
    assert "旧年报.青山县.html" in (pytester.path / "told.junit").read_text("utf-8")


def test_what_the_settings_exclude_is_no_test_and_is_said(pytester: pytest.Pytester, reports: Path) -> None:
    pytester.makepyprojecttoml(f"[tool.govstats]\nexclude = ['{ZHAOTONG}']")
    ran = run(pytester, "--govstats", "reports")
    assert set(ran.parseoutcomes()) == {"passed"}
    ran.stdout.fnmatch_lines([f"govstats: exclude = {ZHAOTONG}"])


def test_markers_choose(pytester: pytest.Pytester, reports: Path) -> None:
    assert run(pytester, "--govstats", "--strict-markers", "-m", "B201", reports).parseoutcomes() == {
        "passed": len(SAMPLES),
        "deselected": run(pytester, "--govstats", "-m", "not B201", reports).parseoutcomes()["passed"] + 1,
    }
    assert run(pytester, "--govstats", "-m", "not govstats", reports).ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_processes_agree_and_junit_is_the_same(pytester: pytest.Pytester, reports: Path) -> None:
    alone = run(pytester, "--govstats", "--junit-xml=alone.xml", reports)
    shared = run(pytester, "-p", "xdist", "-n", "2", "--govstats", "--junit-xml=shared.xml", reports)
    assert alone.parseoutcomes() == shared.parseoutcomes()
    assert shared.ret == pytest.ExitCode.TESTS_FAILED
    told = [cases(pytester.path / name) for name in ("alone.xml", "shared.xml")]
    assert told[0] == told[1]
    (failure,) = (text for text in told[0].values() if text)
    assert "[0]" in failure


def cases(path: Path) -> dict[str, str]:
    """Test case → its failure's text."""
    return {
        f"{case.get('classname')}::{case.get('name')}": case.findtext("failure", "")
        for case in etree.parse(path).getroot().iter("testcase")
    }


def test_what_cannot_be_read_is_an_error_and_the_rest_goes_on(pytester: pytest.Pytester, reports: Path) -> None:
    (reports / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (reports / "empty.html").write_bytes(b"")
    ran = run(pytester, "--govstats", "-W", "error", reports)
    counts = ran.parseoutcomes()
    assert (counts["failed"], counts["errors"]) == (1, 2)
    ran.stdout.fnmatch_lines(["ERROR reports/broken.pdf::read*", "ERROR reports/empty.html::read*"])
    assert "没有读成" in ran.stdout.str()


def test_an_archive_has_the_items_of_its_members(pytester: pytest.Pytester, reports: Path) -> None:
    import zipfile

    with zipfile.ZipFile(pytester.path / "all.zip", "w") as archive:
        archive.write(reports / ZHAOTONG, f"某市/{ZHAOTONG}")
        archive.write(reports / ZHAOTONG, f"别市/{ZHAOTONG}")
    ran = run(pytester, "--govstats", "all.zip")
    assert ran.parseoutcomes()["failed"] == 2
    ran.stdout.fnmatch_lines([f"FAILED all.zip::某市/{ZHAOTONG}/applications/T304*"])


def test_the_configuration_and_the_baseline_are_respected(pytester: pytest.Pytester, reports: Path) -> None:
    from govstats.cli import _run

    assert _run(["check", str(reports), "--write-baseline", "known.json"]) == 0
    pytester.makepyprojecttoml('[tool.govstats]\nbaseline = "known.json"\nignore = ["D"]\n')
    before = (pytester.path / "known.json").read_bytes()
    ran = run(pytester, "--govstats", reports)
    counts = ran.parseoutcomes()
    assert counts["xfailed"] == 1
    assert "failed" not in counts
    assert ran.ret == pytest.ExitCode.OK
    assert "D00" not in run(pytester, "--govstats", "--collect-only", "-q", reports).stdout.str()
    assert (pytester.path / "known.json").read_bytes() == before
    other = pytester.path / "other.toml"
    other.write_text('[tool.govstats]\nseverities = {T304 = "warning"}\n', "utf-8")
    assert run(pytester, "--govstats", "--govstats-config", other, reports).ret == pytest.ExitCode.OK
    other.write_text("[tool.govstats]\nselct = []\n", "utf-8")
    wrong = run(pytester, "--govstats", "--govstats-config", other, reports)
    assert wrong.ret == pytest.ExitCode.USAGE_ERROR
    assert "select" in wrong.stderr.str()


def test_the_fixture_audits_under_the_configuration(pytester: pytest.Pytester, reports: Path) -> None:
    pytester.makepyfile(
        """
        import pytest
        from govstats.testing import assert_clean

        def test_audit(govstats_audit):
            audit = govstats_audit("reports")
            assert [finding.rule for finding in audit.findings] == ["T304"]
            with pytest.raises(AssertionError, match="T304"):
                assert_clean(audit)

        def test_clean(govstats_audit):
            assert_clean(govstats_audit("reports"))
        """
    )
    ran = run(pytester)
    assert ran.parseoutcomes() == {"passed": 1, "failed": 1}
    assert "[0]" in ran.stdout.str()
    assert "told = [" not in ran.stdout.str(), "our own frames are not shown"
    pytester.makepyprojecttoml('[tool.govstats]\nignore = ["T304"]\n')
    assert run(pytester, "-k", "test_clean").ret == pytest.ExitCode.OK


def test_assert_clean_shows_what_is_wrong() -> None:
    assert_clean(SAMPLES[next(name for name in SAMPLES if "suqian" in name)])
    with pytest.raises(AssertionError, match=r"\(七\)总计 +\[0\]"):
        assert_clean(SAMPLES[ZHAOTONG])
    with pytest.raises(AssertionError, match="Total not filled in"):
        assert_clean(govstats.check(SAMPLES[ZHAOTONG]), lang="en")
    with pytest.raises(AssertionError, match="没有读成"):
        assert_clean(govstats.audit(["no-such-file.html"]))
    with pytest.raises(AssertionError, match="什么也没有读到"):
        assert_clean(govstats.Audit(()))
    with pytest.raises(govstats.ReadError):
        assert_clean("no-such-file.html")
    with pytest.raises(govstats.UsageError, match="fatal"):
        assert_clean(SAMPLES[ZHAOTONG], fail_on="fatal")


def test_it_loads_nothing_until_it_is_asked_for() -> None:
    probe = (
        "import sys, pytest; before = set(sys.modules); import govstats.pytest_plugin; "
        "print(sorted(set(sys.modules) - before - {'govstats', 'govstats.pytest_plugin'}))"
    )
    ran = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_pytest_finds_it_by_its_entry_point() -> None:
    from configparser import ConfigParser

    declared = ConfigParser()
    declared.read(ROOT / "setup.cfg", "utf-8")
    assert "govstats = govstats.pytest_plugin" in declared["options.entry_points"]["pytest11"]
