"""Pages that teach are run: the quickstart line by line, the analysts' Python in order, what is dropped in works."""

from __future__ import annotations

import os
import tomllib
from importlib.util import find_spec
from pathlib import Path
from shutil import rmtree
from types import ModuleType
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter

import govstats
from govstats.catalog.rules import Rule, known_rules
from govstats.catalog.specs import ExtendingSpec
from govstats.diagnosis.examine import examine
from govstats.display.look import Look
from govstats.model.audits import Audit
from govstats.policy.config import configuration
from tests.documented import blocks, lines, run_all, workshop

pytestmark = pytest.mark.skipif(os.name == "nt", reason="shell scripts and their folders")


def installed() -> bool:
    """Can plots with 汉字 be drawn here?"""
    if find_spec("matplotlib") is None:
        return False
    from govstats.plots import fonts

    return bool(fonts.installed())


def dropped_in(name: str) -> tuple[str, str]:
    """The block of docs/extending.md that is this file, by its language and content."""
    language = "yaml" if name.endswith(".yaml") else "python"
    (text,) = (text for text in blocks("docs/extending.md", language) if text.startswith(f"# {name}\n"))
    return language, text


def module(name: str) -> Any:
    """The module as if it were dropped in."""
    made = ModuleType(Path(name).stem)
    exec(compile(dropped_in(name)[1], name, "exec"), made.__dict__)  # noqa: S102 - our own page
    return made


def test_the_quickstart_runs(tmp_path: Path) -> None:
    folder = workshop(tmp_path)
    rmtree(folder / "年报")
    (settings,) = blocks("docs/quickstart.md", "toml")
    *before, last = lines("docs/quickstart.md")
    run_all(folder, before)
    (folder / "pyproject.toml").write_text(settings, "utf-8")
    assert "baseline" in tomllib.loads(settings)["tool"]["govstats"]
    run_all(folder, [last])
    assert {"核对.html", "核对.xlsx", "建议.xlsx", "改正稿", "基线.json"} <= {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("name", ["clerks", "collecting", "correcting", "reading"])
def test_the_commands_of_a_page_run(name: str, tmp_path: Path) -> None:
    commands = lines(f"docs/{name}.md")
    assert commands
    run_all(workshop(tmp_path), commands)


def test_the_python_for_analysts_says_what_its_comments_say() -> None:
    names: dict[str, Any] = {}
    for code in (code for code in blocks("docs/analysts.md", "python") if "plots" not in code):
        exec(compile(code, "analysts.md", "exec"), names)  # noqa: S102 - our own page
    report, audit = names["report"], names["audit"]
    assert (report.agency, report.year, report.format) == ("昭通市人民政府办公室", 2021, "national-2021")
    assert report.applications.loc["3.7", "total"] == 0
    assert (names["source"].raw, names["source"].state) == ("0", govstats.State.ZERO)
    assert audit.ok is False
    assert [Path(path).name for path in names["good"]] == ["suqian-2023.html", "suqian-2024.txt"]
    assert names["wide"].loc[("昭通市人民政府办公室", 2021), "1"] == 81
    assert tuple(names["series"].loc[["new", "granted"], "total"]) == (81, 2)


@pytest.mark.skipif(not installed(), reason="there is no matplotlib, or no font with 汉字")
def test_the_plots_for_analysts_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPLBACKEND", "agg")
    paths = govstats.samples()
    names = {"govstats": govstats, "paths": paths, "report": govstats.read(paths[2]), "audit": govstats.audit(paths)}
    (code,) = (code for code in blocks("docs/analysts.md", "python") if "plots" in code)
    exec(compile(code, "analysts.md", "exec"), names)  # noqa: S102 - our own page
    from matplotlib import pyplot

    assert len(pyplot.get_fignums()) == code.count("plots.")
    pyplot.close("all")


def test_the_form_of_the_page_on_extending_is_valid() -> None:
    _, text = dropped_in("schemas/formats/example-2030.yaml")
    form = TypeAdapter(ExtendingSpec).validate_python(yaml.safe_load(text))
    assert form.extends == "national-2021"


def test_the_rule_and_the_check_of_the_page_on_extending_find_something(monkeypatch: pytest.MonkeyPatch) -> None:
    _, text = dropped_in("schemas/rules/P499-many-rules.yaml")
    rule = Rule.model_validate(yaml.safe_load(text))
    monkeypatch.setitem(known_rules(), rule.code, rule)
    check = module("govstats/checks/manyrules.py")
    assert (rule.code,) == check.RULES
    from govstats.display.books.examples import example_report

    for examples, expected in ((rule.examples.passes, []), (rule.examples.fails, ["本年制发规章 1000 件。"])):
        for example in examples:
            (examined,) = examine([example_report(example)])
            assert [finding.message.zh for finding in check.check(examined)] == expected


def test_the_reader_of_the_page_on_extending_reads() -> None:
    reader = module("govstats/readers/slides.py")
    data = "%SLIDES\n年度报告\n行政许可\\5\n行政处罚\\3\n".encode()
    assert reader.sniff(data)
    assert not reader.sniff(b"<html>")
    document = reader.read(data)
    assert [paragraph.text for paragraph in document.paragraphs] == ["年度报告"]
    assert [row.texts for row in document.grids[0].rows] == [("行政许可", "5"), ("行政处罚", "3")]
    with pytest.raises(govstats.ReadError, match="UTF-8"):
        reader.read(b"%SLIDES\n\xff")


def test_the_renderer_of_the_page_on_extending_writes() -> None:
    renderer = module("govstats/renderers/counts.py")
    audit = govstats.audit(govstats.samples())
    told = "".join(renderer.render(audit.entries, Look()))
    assert [line.split("\t")[0] for line in told.splitlines()] == ["0", "0", "1"]
    assert list(renderer.render(Audit(()).entries, Look())) == []


def test_the_settings_of_the_quickstart_are_known(tmp_path: Path) -> None:
    (text,) = blocks("docs/quickstart.md", "toml")
    (tmp_path / "pyproject.toml").write_text(text, "utf-8")
    assert configuration(tmp_path).fail_on == "error"
