"""Both READMEs: their commands run, their Python runs, they say the same, and what they show is real."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import click
import pytest
import tree_sitter_powershell
from tree_sitter import Language, Parser

from govstats.cli import cli
from tests.documented import ROOT, blocks, lines, run_all, workshop

CONTEXT = click.Context(cli)
README, ENGLISH = "README.md", "README.en.md"
READMES = (README, ENGLISH)


@pytest.mark.parametrize("language", ["sh", "powershell", "python", "text", "console"])
def test_both_readmes_have_the_same_code(language: str) -> None:
    assert blocks(README, language) == blocks(ENGLISH, language)


def test_both_readmes_have_the_same_structure() -> None:
    def shape(name: str) -> list[str]:
        text = (ROOT / name).read_text("utf-8")
        return [match[0].split()[0] for match in re.finditer(r"^(#+ |\| |- |!\[|```\w+)", text, re.MULTILINE)]

    def links(name: str) -> list[str]:
        found = re.findall(r"\]\(([^)]+)\)", (ROOT / name).read_text("utf-8"))
        return sorted(link for link in found if link not in READMES)

    assert shape(README) == shape(ENGLISH)
    assert links(README) == links(ENGLISH)


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_the_commands_of_the_readme_run(tmp_path: Path) -> None:
    commands = [line for line in lines(README) if line.startswith(("govstats ", "cp ", "mkdir "))]
    commands = [line for line in commands if not line.startswith("mkdir ")]
    assert sum(line.startswith("govstats ") for line in commands) == 7, "the samples, and the six"
    run_all(workshop(tmp_path), commands)


@pytest.mark.parametrize("name", [*READMES, "docs/quickstart.md"])
def test_the_lines_for_windows_are_powershell_and_do_the_same(name: str) -> None:
    (block,) = blocks(name, "powershell")
    assert not Parser(Language(tree_sitter_powershell.language())).parse(block.encode()).root_node.has_error
    steps = [line for line in block.splitlines() if not line.startswith(("cd govstats", "#"))]
    assert len(steps) <= 5, "a newcomer's path from nothing"
    other = next(each for language in ("sh", "console") for each in blocks(name, language) if "-m venv" in each)
    unlike = {"py -m": "python3 -m", "\\": "/", "../核对/.venv/Scripts/Activate.ps1": ". ../核对/.venv/bin/activate"}
    said = [line.split("#")[0].strip() for line in block.splitlines()]
    for here, there in unlike.items():
        said = [line.replace(here, there) for line in said]
    assert said == [line.split("#")[0].strip() for line in other.splitlines()]


def test_the_python_of_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workshop(tmp_path))
    (code,) = blocks(README, "python")
    exec(compile(code, README, "exec"), {})  # noqa: S102 - our own README
    assert len([line for line in code.splitlines() if line.strip()]) == 6


def test_the_commands_of_the_readme_are_known() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"`?make ([a-z]+)", (ROOT / README).read_text("utf-8"))) <= targets
    for line in lines(README):
        words = shlex.split(line, comments=True)
        if words[:1] == ["govstats"]:
            command = cli.get_command(CONTEXT, words[1])
            assert command is not None
            known = {option for parameter in command.params for option in parameter.opts}
            assert {word for word in words if word.startswith("--")} <= known


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_in_the_readme(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    for command in cli.list_commands(CONTEXT):
        assert f"govstats {command}" in text


@pytest.mark.parametrize("name", READMES)
def test_the_two_commands_stand_near_the_top(name: str) -> None:
    first = blocks(name, "sh")[0]
    assert [line.split("#")[0].strip() for line in first.splitlines()] == ["make check", "make test"]
    assert (ROOT / name).read_text("utf-8").index("make check") < 1500


def test_ci_calls_the_second_command_of_the_readme() -> None:
    assert "make test" in (ROOT / ".ci" / "run").read_text("utf-8")
    assert "make test" in (ROOT / README).read_text("utf-8")


def test_the_readme_does_not_claim_an_index_that_has_no_such_package() -> None:
    for name in READMES:
        assert "pip install govstats" not in (ROOT / name).read_text("utf-8")
