"""What an installation is told about itself; `--version`; completion in shells."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from email.message import Message
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

import govstats
from govstats import readers
from govstats.catalog import resources
from govstats.cli import _run, cli
from govstats.cli.health import Fact, Status, libraries, surroundings, trial
from govstats.cli.health.purposes import EXTRAS, PURPOSES
from govstats.corpus import cache_folder
from tests.folders import ROOT


def told(capsys: pytest.CaptureFixture[str], code: int = 0) -> dict[str, dict[str, Any]]:
    """What `govstats doctor --format json` says, by section and name."""
    assert _run(["doctor", "--format", "json"]) == code
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] is (code == 0)
    return {f"{fact['section']}/{fact['name']}": fact for fact in answer["facts"]}


def without(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """As if these libraries were not installed."""
    version = metadata.version

    def lacking(name: str) -> str:
        if name in names:
            raise metadata.PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr(metadata, "version", lacking)


def test_a_sound_installation_is_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    facts = told(capsys)
    base = [fact for fact in facts.values() if fact["section"] in {"program", "libraries", "trial"}]
    assert {fact["status"] for fact in base} == {"ok"}
    assert govstats.__version__ in facts["program/govstats"]["detail"]
    assert facts["libraries/lxml"]["detail"] == metadata.version("lxml")
    assert facts["libraries/lxml"]["purpose"].startswith("Word")
    assert "T304" in facts["trial/samples"]["detail"]


def test_text_is_chinese_first_and_english_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["doctor"]) == 0
    shown = capsys.readouterr().out
    assert "可选功能" in shown
    assert shown.splitlines()[-1] == "govstats 可以使用。"
    assert max(map(len, shown.splitlines())) <= 100
    assert _run(["doctor", "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "Libraries" in shown
    assert not re.search("[一-鿿]", shown.replace("汉字、", ""))


def test_every_suffix_that_a_reader_takes_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    shown = " ".join(fact["detail"] for fact in told(capsys).values() if fact["section"] == "containers")
    assert readers.suffixes() <= set(shown.split())


def test_every_library_of_the_base_and_every_extra_has_a_purpose() -> None:
    needed = libraries.requirements()
    assert {each.library for each in needed if not each.extra} == set(PURPOSES)
    assert {each.extra for each in needed} - {""} <= set(EXTRAS)
    assert {name for purpose in PURPOSES.values() for name in purpose.readers} <= set(readers.readers())


def test_the_metadata_of_an_installation_say_the_same_as_setup_cfg(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["lxml>=5.1", "fsspec[http]>=2024.2", 'scipy>=1.11; extra == "repair"', 'x>1; python_version < "3"']
    about = Message()
    for line in lines:
        about["Requires-Dist"] = line
    about["Provides-Extra"] = "repair"
    monkeypatch.setattr(metadata, "metadata", lambda name: about)
    monkeypatch.setattr(libraries, "_SETUP", Path("nowhere"))
    found = [(each.library, each.extra) for each in libraries.requirements()]
    assert found == [("lxml", ""), ("fsspec", ""), ("scipy", "repair")]


def test_a_library_that_lacks_makes_its_containers_unreadable_and_the_exit_code_2(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    without(monkeypatch, "pypdfium2")
    facts = told(capsys, 2)
    assert facts["libraries/pypdfium2"]["status"] == "broken"
    assert facts["libraries/pypdfium2"]["hint"].startswith("python -m pip install 'pypdfium2>=")
    assert facts["containers/pdf"]["status"] == "broken"
    assert "pypdfium2" in facts["containers/pdf"]["detail"]
    assert facts["containers/docx"]["status"] == "ok"


def test_an_extra_that_lacks_is_no_fault(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "duckdb")
    fact = told(capsys)["extras/duckdb"]
    assert (fact["status"], fact["detail"]) == ("missing", "缺 duckdb")
    assert fact["hint"] == "python -m pip install 'govstats[duckdb]'"


def test_a_library_that_is_too_old_is_told_with_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    version = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: "4.9" if name == "lxml" else version(name))
    (fact,) = (fact for fact in libraries.facts() if fact.name == "lxml")
    assert fact.status is Status.BROKEN
    assert fact.detail.zh == "4.9，需要 >=5.1"


def test_a_library_that_cannot_be_imported_is_told_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "olefile", None)
    (fact,) = (fact for fact in libraries.facts() if fact.name == "olefile")
    assert fact.status is Status.BROKEN
    assert "ModuleNotFoundError" in fact.detail.en


@pytest.mark.parametrize(
    ("library", "module"),
    [
        ("rich", "rich"),
        ("lxml", "lxml"),
        ("selectolax", "selectolax"),
        ("pydantic", "pydantic"),
        ("platformdirs", "platformdirs"),
        ("libraries", "packaging"),
    ],
)
def test_the_doctor_works_where_a_library_does_not(library: str, module: str) -> None:
    code = (
        "import sys\n"
        "class Without:\n"
        "    def find_spec(self, name, *_):\n"
        f"        if name.partition('.')[0] == {module!r}: raise ModuleNotFoundError(name, name=name)\n"
        "sys.meta_path.insert(0, Without())\n"
        "from govstats.cli import main\nmain(['doctor'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    (line,) = (line for line in done.stdout.splitlines() if line.split()[:2] == ["不可用", library])
    assert "ModuleNotFoundError" in line
    assert "有" in done.stdout.splitlines()[-1]


def test_samples_that_tell_something_else_are_a_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    name = tmp_path / "a.html"
    name.write_text("<p>没有表</p>", "utf-8")
    monkeypatch.setattr(resources, "samples", lambda: [name])
    (fact,) = (fact for fact in trial.facts() if fact.name == "samples")
    assert fact.status is Status.BROKEN
    assert "T304" in fact.detail.zh


def test_a_console_that_lacks_characters_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    for encoding, lost in {"ascii": "汉字", "cp936": "", "utf-8": ""}.items():
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding=encoding))
        fact: Fact = surroundings.console()
        assert encoding in fact.detail.zh
        assert (fact.status is Status.OK) is not bool(lost)
        assert lost in fact.detail.zh
        assert bool(fact.hint) is bool(lost)


def test_the_cache_is_told_with_its_size(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GOVSTATS_CACHE_DIR", str(tmp_path / "kept"))
    assert surroundings.cache().detail.zh.endswith("0.0 MB")
    assert not cache_folder().exists(), "looking makes no folder"
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "ledger").write_bytes(b"\0" * 2_500_000)
    assert surroundings.cache().detail.zh == f"{tmp_path / 'kept'}，2.5 MB"
    (tmp_path / "file").touch()
    monkeypatch.setenv("GOVSTATS_CACHE_DIR", str(tmp_path / "file" / "kept"))
    assert surroundings.cache().status is Status.MISSING


def test_settings_that_are_wrong_are_told_before_they_are_met(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert surroundings.settings().status is Status.OK
    (tmp_path / "pyproject.toml").write_text('[tool.govstats]\nignroe = ["T304"]\n', "utf-8")
    fact = surroundings.settings()
    assert fact.status is Status.MISSING
    assert "ignroe" in fact.detail.zh
    (tmp_path / "pyproject.toml").write_text('[tool.govstats]\nignore = ["T304"]\n', "utf-8")
    assert surroundings.settings().detail.zh == str(tmp_path / "pyproject.toml")


def test_version_says_name_and_number(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["--version"]) == 0
    assert capsys.readouterr().out == f"govstats, version {govstats.__version__}\n"


@pytest.mark.parametrize(
    ("shell", "start"), [("bash", "_govstats_completion() {"), ("zsh", "#compdef govstats"), ("fish", "function _gov")]
)
def test_a_shell_gets_its_script(shell: str, start: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["completion", shell]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith(start)
    assert f"_GOVSTATS_COMPLETE={shell}_complete" in shown.out
    assert not shown.err


def test_an_unknown_shell_is_a_mistake_of_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["completion", "powershell"]) == 2
    assert "bash" in capsys.readouterr().err


def complete(*words: str) -> list[str]:
    """What our side of the completion offers for the last word: `type,value` lines of bash."""
    asked = {"COMP_WORDS": " ".join(["govstats", *words]), "COMP_CWORD": str(len(words))}
    known = {**os.environ, "_GOVSTATS_COMPLETE": "bash_complete", **asked}
    done = subprocess.run([sys.executable, "-m", "govstats"], env=known, capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_commands_options_rules_formats_tables_and_files_are_completed() -> None:
    assert complete("") == [f"plain,{name}" for name in cli.list_commands(None)]  # type: ignore[arg-type]
    assert complete("check", "--form") == ["plain,--format"]
    assert "plain,sarif" in complete("check", "--format", "")
    assert complete("rules", "t30")[:2] == ["plain,T301", "plain,T302"]
    assert complete("formats", "fu") == ["plain,fujian-2018", "plain,fujian-2013"]
    assert complete("schema", "national-2021", "l") == ["plain,litigation"]
    assert complete("check", "年") == ["file,年"]


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_itself_completes_by_the_script(tmp_path: Path) -> None:
    program = tmp_path / "govstats"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m govstats "$@"\n', "utf-8")
    program.chmod(0o755)
    line = (
        'eval "$(govstats completion bash)"; COMP_WORDS=(govstats do); COMP_CWORD=1;'
        '_govstats_completion govstats do govstats; echo "${COMPREPLY[@]}"'
    )
    path = os.pathsep.join([str(tmp_path), os.environ["PATH"]])
    known = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["bash", "-c", line], env=known, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["doctor"]


def test_a_folder_of_ones_own_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GOVSTATS_SCHEMAS", os.pathsep.join([str(tmp_path), str(tmp_path / "none")]))
    fact = surroundings.additions()
    assert fact.status is Status.MISSING
    assert fact.hint is not None
    assert fact.hint.zh.endswith(str(tmp_path / "none"))
    monkeypatch.setenv("GOVSTATS_SCHEMAS", str(tmp_path))
    assert surroundings.additions().detail.zh == str(tmp_path)
