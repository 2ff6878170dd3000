"""docs/pipelines.md does what it says: its commands are run as they stand there."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from lxml import etree

import govstats
from govstats.sources import may_hold_a_report
from tests.folders import ROOT, TESTS

HERE = TESTS / "pipelines"
PAGE = (ROOT / "docs" / "pipelines.md").read_text("utf-8")
SUQIAN = next(path for path in govstats.samples() if "suqian-2023" in path.name).read_bytes()
NEW_FAULT = SUQIAN.replace(b"<td>1175</td>", b"<td>1176</td>", 1)


def block(name: str, language: str = "yaml") -> Any:
    """The block of the page that begins with a comment naming the file."""
    found = [text for text in re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL) if name in text.splitlines()[0]]
    return yaml.safe_load(found[0])


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "年报").mkdir()
    for path in govstats.samples():
        (tmp_path / "年报" / path.name).write_bytes(path.read_bytes())
    shell(tmp_path, re.findall(r"govstats .*--write-baseline.*", PAGE)[0])
    return tmp_path


def shell(folder: Path, line: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a line as a runner does: bash that stops at the first error, programs of this environment."""
    programs = folder / ".bin"
    programs.mkdir(exist_ok=True)
    for name, module in {"govstats": "govstats", "pytest": "pytest", "python": ""}.items():
        program = programs / name
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" {f"-m {module}" if module else ""} "$@"\n', "utf-8")
        program.chmod(0o755)
    folders = [str(programs), os.environ["PATH"]]
    known = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "PYTEST_"))}
    environment = {**known, "PYTHONPATH": str(ROOT), "PATH": os.pathsep.join(folders), **more}
    return subprocess.run(
        ["bash", "-e", "-c", line], cwd=folder, capture_output=True, text=True, check=False, env=environment
    )


def steps(folder: Path) -> dict[str, subprocess.CompletedProcess[str]]:
    """Each `run` of the workflow, by its command."""
    job = block("annual-reports.yml")["jobs"]["check"]
    more = {**job["env"], "GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(folder / "summary.md")}
    lines = [step["run"] for step in job["steps"] if "run" in step]
    assert lines[0] == "python -m pip install govstats"
    return {line: shell(folder, line, GITHUB_WORKSPACE=str(folder), **more) for line in lines[1:]}


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_the_workflow_runs_and_is_green_with_its_baseline(repository: Path) -> None:
    told = steps(repository)
    assert [ran.returncode for ran in told.values()] == [0, 0, 0], [ran.stderr for ran in told.values()]
    sarif = json.loads((repository / "年报.sarif").read_text("utf-8"))
    jsonschema.validate(sarif, json.loads((HERE / "sarif-schema-2.1.0.json").read_text("utf-8")))
    assert sarif["runs"][0]["results"] == []
    assert "T304" not in (repository / "summary.md").read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_a_new_fault_fails_the_audit_and_reaches_summary_and_sarif(repository: Path) -> None:
    name = next(path.name for path in govstats.samples() if "suqian-2023" in path.name)
    (repository / "年报" / name).write_bytes(NEW_FAULT)
    audit, *others = steps(repository).values()
    assert audit.returncode == 1
    first, summary = audit.stdout.splitlines()
    assert first.startswith(f"::error file=年报/{name},title=")
    assert "1 个错误" in summary
    assert [ran.returncode for ran in others] == [0, 0]
    assert (repository / "summary.md").read_text("utf-8").count("| 错误 |") == 1
    results = json.loads((repository / "年报.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert len(results) == 1


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_the_script_of_gitlab_writes_what_it_uploads(repository: Path) -> None:
    job = block(".gitlab-ci.yml")["年报核对"]
    install, audit = job["script"]
    assert install == "python -m pip install govstats"
    assert shell(repository, audit, **job["variables"]).returncode == 0
    written = etree.parse(repository / job["artifacts"]["reports"]["junit"])
    etree.XMLSchema(etree.parse(HERE / "junit-10.xsd")).assertValid(written)


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_the_hook_audits_the_files_of_a_commit(repository: Path) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    (repo,) = block(".pre-commit-config.yaml")["repos"]
    (used,) = repo["hooks"]
    assert used["id"] == hook["id"]
    files = sorted(path.relative_to(repository).as_posix() for path in repository.rglob("*.*") if path.is_file())
    chosen = [name for name in files if re.search(hook["files"], name) and re.search(used["files"], name)]
    assert len(chosen) == len(govstats.samples())
    assert shell(repository, shlex.join([*shlex.split(hook["entry"]), *used["args"], *chosen])).returncode == 0
    assert shell(repository, shlex.join([*shlex.split(hook["entry"]), *chosen])).returncode == 1


def test_the_hook_takes_only_files_that_are_read_in_folders() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    pages = ["html", "htm", "mht", "mhtml", "txt", "csv", "tsv", "HTML"]
    containers = ["docx", "doc", "wps", "odt", "xlsx", "xls", "et", "ods", "pdf", "zip"]
    for suffix in pages + containers:
        assert re.search(hook["files"], f"a.{suffix}")
        assert may_hold_a_report(f"a.{suffix}")
    assert not re.search(hook["files"], "README.md")


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_the_commands_and_the_test_of_pytest_run(repository: Path) -> None:
    line = re.findall(r"pytest --govstats 年报/.*", PAGE)[0]
    (repository / "pyproject.toml").write_text('[tool.govstats]\nbaseline = "基线.json"\n', "utf-8")
    ran = shell(repository, f"{line} -p govstats.pytest_plugin", PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
    assert ran.returncode == 0, ran.stdout
    assert "1 xfailed" in ran.stdout
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    (repository / "test_reports.py").write_text(code, "utf-8")
    line = "pytest test_reports.py -p govstats.pytest_plugin"
    assert shell(repository, line, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1").returncode == 0


def test_the_page_names_formats_that_there_are() -> None:
    from govstats.cli.pipelineoptions import format_names

    named = re.findall(r"^\| `([a-z]+)` \|", PAGE, re.MULTILINE)
    assert {"sarif", "junit", "github", "markdown", "auto"} == set(named) <= set(format_names())
