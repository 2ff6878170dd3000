"""What the README and the docs say is true: their commands run, their code runs, nothing is left out."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import click
import pytest

import govstats
from govstats.cli import _run, cli

CONTEXT = click.Context(cli)
ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.en.md")


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize("language", ["sh", "python", "text"])
def test_both_readmes_have_the_same_code(language: str) -> None:
    assert blocks(READMES[0], language) == blocks(READMES[1], language)


def test_the_python_of_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for code in blocks("README.md", "python"):
        exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - our own README


def test_the_commands_of_the_readme_are_known() -> None:
    lines = [line for block in blocks("README.md", "sh") for line in block.splitlines()]
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for line in lines:
        words = shlex.split(line, comments=True)
        if words[:1] == ["make"]:
            assert words[1] in targets
        elif words[:1] == ["govstats"] or words[:3] == ["python", "-m", "govstats"]:
            command = cli.get_command(CONTEXT, words[words.index("govstats") + 1])
            assert command is not None
            known = {option for parameter in command.params for option in parameter.opts}
            assert {word for word in words if word.startswith("--")} <= known


def test_the_output_in_the_readme_is_what_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    sample = next(path for path in govstats.samples() if "zhaotong" in path.name)
    _run(["check", str(sample)])
    printed = capsys.readouterr().out.replace(str(sample), "zhaotong-2021.html")
    assert blocks("README.md", "text")[0].strip() == printed.strip()


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_in_the_readme(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    for command in cli.list_commands(CONTEXT):
        assert f"govstats {command}" in text


def test_links_in_the_docs_lead_somewhere() -> None:
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text("utf-8")):
            if "://" not in target:
                assert (path.parent / target).exists(), f"{path.name} links to {target}"


def test_ci_calls_the_second_command_of_the_readme() -> None:
    assert "make test" in (ROOT / ".ci" / "run").read_text("utf-8")
    assert "make test" in (ROOT / "README.md").read_text("utf-8")


def test_nothing_names_a_path_of_the_machine_that_it_was_made_on() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    pattern = re.compile(r"(?<![\w.])/(?:home|root|work)/[a-z.]")
    for name in tracked:
        path = ROOT / name
        if path.suffix in {".py", ".md", ".yaml", ".cfg", ".toml", ".html", ".txt"} and path.name != "test_docs.py":
            assert not pattern.search(path.read_text("utf-8")), name
