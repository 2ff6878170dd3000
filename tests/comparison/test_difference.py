"""Two reports beside each other: cells, lines and sentences that are not the same."""

from __future__ import annotations

import json
from pathlib import Path

import govstats
from govstats.cli import _run
from govstats.comparison.difference import Difference
from tests.chronicle import Paper, histories


def pair() -> tuple[Paper, Paper]:
    years = histories(5, ["临江市财政局"], range(2022, 2024))["临江市财政局"]
    return years[2022], years[2023]


def test_a_report_is_the_same_as_itself() -> None:
    paper, _ = pair()
    assert Difference.of(paper.report(), paper.report()).is_none


def test_cells_that_differ_are_told_with_both_figures() -> None:
    paper, _ = pair()
    other = paper.copy()
    other.add("applications", "1", "business", 3)
    (change,) = Difference.of(paper.report(), other.report()).cells
    old = paper.get("applications", "1", "business")
    assert (change.table, change.row, change.column, change.old, change.new) == (
        "applications",
        "1",
        "business",
        old,
        old + 3,
    )


def test_tables_and_columns_that_only_one_has_are_told_as_such() -> None:
    paper, _ = pair()
    other = paper.copy()
    del other.tables["litigation"]
    found = Difference.of(paper.report(), other.report())
    assert [(each.table, each.row, each.column, each.came) for each in found.lines] == [
        ("litigation", None, None, False)
    ]
    old = histories(5, ["临江市财政局"], range(2020, 2022))["临江市财政局"]
    forms = Difference.of(old[2020].report(), old[2021].report())
    assert ("disclosure", None, "issued", True) in [(e.table, e.row, e.column, e.came) for e in forms.lines]


def test_sentences_that_changed_stand_beside_each_other() -> None:
    paper, _ = pair()
    paper.prose = ("一、总体情况", "本年发布信息12条。举办培训两次。")
    other = paper.copy(prose=("一、总体情况", "本年发布信息15条。新建专栏一个，群众可以在线查询。举办培训两次。"))
    found = Difference.of(paper.report(), other.report())
    assert [tuple(each) for each in found.sentences] == [
        ("本年发布信息12条。", "本年发布信息15条。"),
        (None, "新建专栏一个,群众可以在线查询。"),
    ]


def test_the_command_tells_it_as_text_json_and_page(tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    paths = []
    for name in ("old", "new"):
        path = tmp_path / f"{name}.txt"
        samples = Path(next(iter(govstats.samples()))).read_text("utf-8") + "\n本年举办培训两次。\n"
        path.write_text(
            samples if name == "old" else samples.replace("培训两次", "培训三次"),
            "utf-8",
        )
        paths.append(str(path))
    for form in ("text", "json", "html"):
        assert _run(["diff", *paths, "--format", form]) == 0
        out = capsys.readouterr().out
        assert "本年举办培训三次" in out
        if form == "json":
            assert {"old", "new", "cells", "lines", "sentences"} == set(json.loads(out))


def test_of_two_paths_the_wrong_one_is_named(tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    sample, missing, empty = str(next(iter(govstats.samples()))), tmp_path / "没有.html", tmp_path / "空.html"
    empty.write_text("")
    for wrong in (missing, empty, tmp_path):
        for both in ((sample, str(wrong)), (str(wrong), sample)):
            assert _run(["diff", *both]) == 2
            assert wrong.name in capsys.readouterr().err
    assert _run(["diff", sample, sample, "-o", str(tmp_path / "不同.pdf")]) == 2
    assert ".pdf" in capsys.readouterr().err
    assert not (tmp_path / "不同.pdf").exists()


def test_where_no_table_was_recognised_it_is_not_said_that_tables_are_the_same(tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    page = tmp_path / "说明.html"
    page.write_text("<p>本页只有一句话，没有附表。</p>", "utf-8")
    assert _run(["diff", str(page), str(page)]) == 0
    out = capsys.readouterr().out
    assert "没有认出附表" in out
    assert "表和正文都相同" not in out
