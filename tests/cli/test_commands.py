"""The command line as its users meet it: output, exit codes, languages, pipes."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import govstats
from govstats.catalog.formats import known_formats
from govstats.catalog.rules import known_rules
from govstats.cli import _run
from govstats.display.look import Look
from govstats.renderers import render

(ZHAOTONG,) = (str(path) for path in govstats.samples() if "zhaotong" in path.name)
(SUQIAN,) = (str(path) for path in govstats.samples() if "suqian-2023" in path.name)


def govstats_process(*arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "govstats", *arguments], capture_output=True, check=False, **options)


def test_text_shows_the_table_the_sides_and_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["check", ZHAOTONG]) == 1
    shown = capsys.readouterr().out
    assert "T304" in shown
    assert "昭通市人民政府办公室 2021 年" in shown
    rows = {line.split()[0]: line.split()[1:] for line in shown.splitlines() if line.strip()}
    assert rows["(七)总计"] == ["[0]", "[0]", "[0]"]
    assert rows["应为"] == ["78", "3", "81"]
    assert "自然人 78 ≠ 0、商业企业 3 ≠ 0、总计 81 ≠ 0" in shown
    assert "怎么改：" in shown
    assert "3.5.3" not in shown
    assert "要求提供公开出版物" not in shown, "rows that are not involved are not shown"


def test_english_is_a_switch(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["check", ZHAOTONG, "--lang", "en"]) == 1
    shown = capsys.readouterr().out
    assert "What to do: " in shown
    assert "(7) Total" in shown


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([ZHAOTONG], 1),
        ([SUQIAN], 0),
        ([ZHAOTONG, "--fail-on", "never"], 0),
        ([ZHAOTONG, "--fail-on", "info"], 1),
        ([ZHAOTONG, "--ignore", "T304"], 0),
        ([ZHAOTONG, "--ignore", "total-not-filled"], 0),
        ([ZHAOTONG, "--select", "C,D"], 0),
        ([ZHAOTONG, "--select", "T"], 1),
        ([ZHAOTONG, "--select", "Q"], 2),
        ([ZHAOTONG, "--format", "papyrus"], 2),
        ([ZHAOTONG, "--colour"], 2),
        (["no-such-file.html"], 2),
        ([ZHAOTONG, "no-such-file.html"], 1),
        ([SUQIAN, "no-such-file.html"], 2),
    ],
)
def test_exit_codes(arguments: list[str], code: int) -> None:
    assert _run(["check", *arguments]) == code


def test_json_is_an_array_of_the_objects_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    _run(["check", ZHAOTONG, SUQIAN, "missing.html", "--format", "json"])
    first, second, third = json.loads(capsys.readouterr().out)
    assert [key for key in first if key not in {"forms", "reasons"}] == [
        *("path", "sha256", "agency", "year", "format", "tables", "findings", "place", "body", "claims")
    ]
    assert first["tables"]["applications"]["3.7"]["natural_person"] == 0
    (finding,) = first["findings"]
    assert {
        "rule", "name", "severity", "table", "cells", "relation", "left", "right", "message", "cause", "repair",
        "unique", "where", "suppressed",
    } <= set(finding)  # fmt: skip
    assert finding["cells"][0] == {"row": "3.7", "column": "natural_person", "actual": 0, "expected": 78}
    assert finding["repair"][0] == {
        "table": "applications",
        "row": "3.7",
        "column": "natural_person",
        "from": 0,
        "to": 78,
    }
    assert (finding["relation"], finding["left"], finding["right"]) == ("3.1 + … + 3.6.3 = 3.7", 78, 0)
    assert second["findings"] == []
    assert third["path"] == "missing.html"
    assert "找不到" in third["error"]


def test_jsonl_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    _run(["check", ZHAOTONG, SUQIAN, "--format", "jsonl"])
    assert [json.loads(line)["year"] for line in capsys.readouterr().out.splitlines()] == [2021, 2023]


def test_concise_is_one_line_a_finding(capsys: pytest.CaptureFixture[str]) -> None:
    _run(["check", ZHAOTONG, SUQIAN, "--format", "concise"])
    line, count = capsys.readouterr().out.splitlines()
    assert count.startswith("核对了 2 份报告")
    assert line.startswith(f"{ZHAOTONG}: 第 2 张表第 27 行第 4 列: 昭通市人民政府办公室 2021 年: T304 错误 ")


def test_output_goes_to_a_file_whose_ending_chooses_the_format(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "audit.json"
    assert _run(["check", ZHAOTONG, "-o", str(target)]) == 1
    assert capsys.readouterr().out == ""
    assert json.loads(target.read_text("utf-8"))[0]["year"] == 2021
    assert _run(["check", ZHAOTONG, "-o", str(tmp_path / "no" / "folder.json")]) == 2


def test_statistics_count_by_rule(capsys: pytest.CaptureFixture[str]) -> None:
    _run(["check", ZHAOTONG, "--statistics"])
    assert "1  T304" in capsys.readouterr().out


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(Path(ZHAOTONG).read_bytes())))
    assert _run(["check", "-"]) == 1
    assert capsys.readouterr().out.startswith("-\n")


def test_show_tells_what_was_read_and_no_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["show", ZHAOTONG]) == 0
    shown = capsys.readouterr().out
    assert "T304" not in shown
    assert "行政规范性文件" in shown
    assert "第 2 张表" in shown


def test_show_marks_what_is_no_plain_figure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "r.txt"
    path.write_text(
        "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | / | | 1*** |\n行政许可 | 3 |\n", "utf-8"
    )
    _run(["show", str(path)])
    lines = {line.split()[0]: line.split()[1:] for line in capsys.readouterr().out.splitlines() if line.strip()}
    assert lines["规章"] == ["/", "（空）", "?1***"]
    assert "行政强制（缺行）" in lines


@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
def test_show_writes_data(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["show", ZHAOTONG, SUQIAN, "--format", form]) == 0
    shown = capsys.readouterr().out
    if form == "csv":
        assert shown.count("path,agency") == 1
        assert len(shown.splitlines()) == 1 + 2 * 200
    else:
        told = json.loads(shown) if form == "json" else [json.loads(line) for line in shown.splitlines()]
        assert [each["year"] for each in told] == [2021, 2023]
        assert "findings" not in told[0]


def test_rules_lists_all_and_explains_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["rules"]) == 0
    listed = capsys.readouterr().out
    for code, rule in known_rules().items():
        assert f"{code}  {rule.name}" in listed
        assert _run(["rules", code]) == 0
        explained = capsys.readouterr().out
        assert "依据：" in explained
        assert "通过的例子：" in explained
        assert "报出的例子：" in explained
    assert _run(["rules", "T999"]) == 2


def test_a_rule_is_explained_with_small_tables_of_what_passes_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["rules", "total-not-filled"]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines() if line.strip()]
    assert ["(七)总计", "[0]", "[0]", "0", "0", "0", "0", "[0]"] in rows
    assert ["应为", "78", "3", "81"] in rows
    assert ["复议后起诉"] not in [row[:1] for row in rows], "rows that are 0 throughout are left out"
    assert _run(["rules", "P402", "--lang", "en"]) == 0
    explained = capsys.readouterr().out
    assert "Administrative fees" in explained
    assert "未收取行政事业性收费" in explained, "the sentence that matters is shown"
    assert "What to do: " in explained


def test_formats_lists_all_and_prints_the_fact_sheet(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["formats"]) == 0
    listed = capsys.readouterr().out
    assert all(name in listed for name in known_formats())
    assert _run(["formats", "national-2021"]) == 0
    shown = capsys.readouterr().out.replace("\n", "")
    assert "175 格，39 条勾稽关系，秩 37，不在任何关系中的格 0 个，最小距离 4" in shown
    assert "国办公开办函〔2021〕30号" in shown
    assert _run(["formats", "national-1066"]) == 2


def test_schema_prints_yaml_that_loads_again(capsys: pytest.CaptureFixture[str]) -> None:
    from govstats.frames.pandera_schema import from_yaml

    assert _run(["schema", "national-2021", "litigation"]) == 0
    loaded = from_yaml(capsys.readouterr().out)
    assert [check.name for check in loaded.checks].count("govstats_relation") == 3


def test_a_narrow_terminal_loses_no_figure(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    _run(["check", ZHAOTONG])
    shown = capsys.readouterr().out
    assert "[0]" in shown
    assert "81" in shown
    assert "…" not in shown.split("不成立")[0]


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp437"])
def test_a_console_that_lacks_a_character_does_not_crash(encoding: str) -> None:
    ran = govstats_process("check", ZHAOTONG, env={**os.environ, "PYTHONIOENCODING": encoding})
    assert ran.returncode == 1
    assert b"Traceback" not in ran.stderr
    assert b"T304" in ran.stdout


def test_no_colour_reaches_a_pipe() -> None:
    assert b"\x1b[" not in govstats_process("check", ZHAOTONG).stdout


@pytest.mark.skipif(os.name == "nt", reason="POSIX pipes")
def test_a_closed_pipe_is_no_traceback() -> None:
    command = f"{sys.executable} -m govstats check {' '.join([ZHAOTONG] * 300)} | head -1"
    ran = subprocess.run(command, shell=True, capture_output=True, check=False)  # noqa: S602 - a pipe is the point
    assert b"Traceback" not in ran.stderr
    assert ran.stdout.decode().strip() == ZHAOTONG


@pytest.mark.skipif(os.name == "nt", reason="POSIX pipes")
def test_a_closed_pipe_does_not_look_like_findings() -> None:
    command = f"set -o pipefail; {sys.executable} -m govstats check {SUQIAN} | true"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (2, b"")


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text elsewhere")
@pytest.mark.parametrize("form", ["concise", "html", "json", "jsonl", "junit", "markdown", "sarif", "text", "xlsx"])
def test_a_file_name_that_is_no_text_can_be_written(tmp_path: Path, form: str) -> None:
    folder, output = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    name = os.fsencode(folder) + b"/" + "昭通.html".encode("gbk")
    Path(os.fsdecode(name)).write_bytes(Path(ZHAOTONG).read_bytes())
    assert _run(["check", str(folder), "--format", form, "-o", str(output)]) == 1
    if form == "json":
        (told,) = json.loads(output.read_text("utf-8"))
        assert told["path"] == f"{folder}/昭通.html", "as people read it"


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_ctrl_c_keeps_what_is_done(tmp_path: Path) -> None:
    page = Path(SUQIAN).read_bytes()
    for number in range(3000):
        (tmp_path / f"{number:04}.html").write_bytes(page)
    target, cache = tmp_path / "out.json", tmp_path / "cache"
    running = subprocess.Popen(
        [sys.executable, "-m", "govstats", "check", str(tmp_path), "-o", str(target), "--cache-dir", str(cache)],
        stderr=subprocess.PIPE,
    )
    deadline = time.monotonic() + 120
    while sum(file.stat().st_size for file in cache.glob("*")) < 2**19 and time.monotonic() < deadline:
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=30)
    assert running.returncode == 2
    assert told.decode().index("正在停止") < told.decode().index("已中断")
    assert 0 < len(json.loads(target.read_text("utf-8"))) < 3000


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_told_and_exits_with_2() -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run([sys.executable, "-m", "govstats", "check", SUQIAN], stdout=full, stderr=subprocess.PIPE)
    assert ran.returncode == 2
    assert ran.stderr.decode().splitlines() == ["没能完成：磁盘满了。"]


def test_an_output_file_of_an_unknown_kind_is_an_error(tmp_path: Path) -> None:
    assert _run(["check", SUQIAN, "-o", str(tmp_path / "audit.docx")]) == 2


@pytest.mark.parametrize("kind", ["text", "concise"])
def test_names_of_files_cannot_command_the_terminal(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "\x1b[31mred\x07.html"
    path.write_bytes(Path(SUQIAN).read_bytes().replace(b"<td>1175</td>", b"<td>1&#27;[2J75</td>"))
    _run(["check", str(path), "--format", kind])
    printed = capsys.readouterr().out
    assert "red" in printed
    assert not {"\x1b", "\x07"} & set(printed)


def test_the_summary_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["check", "--samples", "-q"]) == 1
    told = capsys.readouterr().out
    assert "先看这些" in told
    assert "昭通市人民政府办公室 2021 年" in told
    assert "总计未填 T304" in told
    assert "怎么改" not in told


def test_many_reports_are_told_briefly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean, faulty = Path(SUQIAN).read_bytes(), Path(ZHAOTONG).read_bytes()
    for number in range(120):
        (tmp_path / f"a{number:03}.html").write_bytes(clean)
    for number in range(502):
        (tmp_path / f"b{number:03}.html").write_bytes(faulty)
    assert _run(["check", str(tmp_path), "--jobs", "0"]) == 1
    told = capsys.readouterr().out
    assert told.startswith("汇总：622 份报告"), "the summary stands in front"
    assert "有错误 502  没有问题 120" in told
    assert "a100.html" not in told, "those that hold in full are only counted"
    assert told.count("120 份没有问题、勾稽关系全部成立，不逐一列出") == 1
    assert told.count("以下每个问题一行") == 1
    assert [line for line in told.splitlines() if "b501.html" in line and "T304" in line]
    assert "核对了 622 份报告：502 个错误，0 个警告，0 个提示；120 份没有问题。" in told


def test_a_file_named_twice_counts_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "a.html"
    page.write_bytes(Path(SUQIAN).read_bytes())
    assert _run(["check", str(page), str(tmp_path), str(tmp_path / "." / "a.html")]) == 0
    assert "核对了 1 份报告" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["text", "markdown", "html", "github"])
def test_what_was_interrupted_says_so(name: str) -> None:
    entries = govstats.check(SUQIAN).entries
    told = "".join(map(str, render(name, entries, Look(partial=True))))
    assert "已中断，只是一部分" in told
    assert "已中断" not in "".join(map(str, render(name, entries, Look())))
