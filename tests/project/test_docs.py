"""The docs: nothing is left out, links lead somewhere, pictures are of today, the pages can be built."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import click
import pytest

import govstats
from govstats.catalog.rules import known_rules
from govstats.cli import cli
from govstats.comparison.duties import STATES
from govstats.model.standings import STANDINGS
from govstats.readers import suffixes
from govstats.renderers import renderers
from tests import pictures
from tests.documented import ROOT

CONTEXT = click.Context(cli)
DOCS = ROOT / "docs"
GENERATED = {"commands.md", "formats.md", "harmonised.md", "indicators.md", "rules.md"}
AGAIN = "; run `make schemas`"


def written() -> str:
    """All pages that are not generated."""
    return "\n".join(path.read_text("utf-8") for path in DOCS.glob("*.md") if path.name not in GENERATED)


@pytest.mark.parametrize("name", cli.list_commands(CONTEXT))
def test_every_command_and_option_is_documented(name: str) -> None:
    command = cli.get_command(CONTEXT, name)
    assert command is not None
    page = (DOCS / "commands.md").read_text("utf-8")
    section = page.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    assert section, f"docs/commands.md lacks {name}{AGAIN}"
    for option in (each for each in command.params if isinstance(each, click.Option)):
        assert option.help, f"{name} {option.opts[0]} has no help"
        assert f"`{option.opts[-1]}`" in section, f"docs/commands.md lacks {name} {option.opts[-1]}{AGAIN}"
    assert f"govstats {name}" in written(), f"no page of docs/ tells how `govstats {name}` is used"


def test_every_rule_is_documented() -> None:
    page = (DOCS / "rules.md").read_text("utf-8")
    lacking = [code for code in known_rules() if f'<a id="{code.lower()}"></a>' not in page]
    assert not lacking, f"docs/rules.md lacks {lacking}{AGAIN}"


def test_every_public_name_is_documented() -> None:
    page = (DOCS / "api.md").read_text("utf-8").splitlines()
    lacking = [name for name in govstats.__all__ if f"::: govstats.{name}" not in page]
    assert not lacking, f"docs/api.md lacks ::: govstats.{lacking}"


def test_every_output_format_and_suffix_is_documented() -> None:
    text = written() + (DOCS / "commands.md").read_text("utf-8")
    assert not [name for name in renderers() if f"`{name}`" not in text]
    told = set(re.findall(r"\.[a-z]+", (DOCS / "reading.md").read_text("utf-8")))
    assert suffixes() <= told, "docs/reading.md lacks a suffix that is read"


def test_links_in_the_docs_lead_somewhere() -> None:
    for path in [*ROOT.glob("*.md"), *DOCS.glob("*.md")]:
        text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
            if "://" not in target:
                assert (path.parent / target).exists(), f"{path.name} links to {target}"


def test_every_page_is_in_the_navigation() -> None:
    listed = re.findall(r": ([a-z]+\.md)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(path.name for path in DOCS.glob("*.md"))


def test_the_picture_of_the_terminal_shows_what_is_printed() -> None:
    stored = (DOCS / "images" / "zhaotong.svg").read_text("utf-8")
    assert stored == pictures.terminal(), "run `make pictures`"
    assert "http" not in stored.replace("http://www.w3.org/2000/svg", "")


def test_the_screenshots_show_what_the_page_says() -> None:
    stored = (DOCS / "images" / "report.sha256").read_text("utf-8").strip()
    assert stored == pictures.words_of_the_page(), "the page says something else now: run `make pictures` and look"
    for name in ("report.png", "finding.png", "marks.png"):
        assert (DOCS / "images" / name).read_bytes().startswith(b"\x89PNG")


def test_lines_of_chinese_are_joined_and_code_is_left_alone() -> None:
    sys.path.insert(0, str(DOCS))
    try:
        from joined import on_page_markdown  # type: ignore[import-not-found]
    finally:
        sys.path.remove(str(DOCS))
    page = "一行，\n两行\n```sh\n核对\n核对\n```\nwords\nmore 词\nwords\n- 一\n- 二\n\n段"
    assert on_page_markdown(page) == page.replace("一行，\n两行", "一行，两行")


@pytest.mark.skipif(find_spec("mkdocs") is None, reason="mkdocs is not installed: pip install '.[docs]'")
def test_the_docs_can_be_built_and_fetch_nothing_from_elsewhere(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)]
    known = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=known)
    assert done.returncode == 0, done.stdout + done.stderr
    built = {path.name: path.read_text("utf-8") for path in tmp_path.glob("*.html")}
    assert {f"{path.stem}.html" for path in DOCS.glob("*.md")} <= set(built)
    assert "govstats.read" in built["api.html"]
    assert "Tables in, findings out" in built["conformance.html"]
    for name, text in built.items():
        assert not re.findall(r"<(?:script|img|iframe)[^>]* src=\"?(?:https?:)?//", text), name
        assert not re.findall(r"<link[^>]* href=\"?(?:https?:)?//", text), name
    assert not list(tmp_path.glob("*.py"))


def test_nothing_names_a_path_of_the_machine_that_it_was_made_on() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    pattern = re.compile(r"(?<![\w.])/(?:home|root|work)/[a-z.]")
    for name in tracked:
        path = ROOT / name
        kinds = {".py", ".md", ".yaml", ".yml", ".cfg", ".toml", ".html", ".txt", ".svg"}
        if path.suffix in kinds and path.name != "test_docs.py":
            assert not pattern.search(path.read_text("utf-8")), name


def test_the_glossary_has_the_words_for_how_a_document_stands() -> None:
    page = (DOCS / "glossary.md").read_text("utf-8")
    for standing, name in STANDINGS.items():
        assert f"| `{standing}` | {name.zh} | {name.en} |" in page
    for state in STATES.values():
        assert f"| {state.zh} | {state.en} |" in page
