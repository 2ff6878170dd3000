"""What `--exclude` means: names, paths, folders, with the separators of any system; left out is said, never silent."""

from __future__ import annotations

import os
from pathlib import Path

import fsspec
import pytest

from govstats.sources import plan
from govstats.sources.exclusion import Exclusion

TREE = ("a.html", "b.pdf", "旧/a.html", "旧/2019/c.html", "县/旧/d.html", "县/旧.html", "2019a.html")
ALL = set(TREE)
KEPT = [
    ("*.pdf", ALL - {"b.pdf"}),
    ("a.html", ALL - {"a.html", "旧/a.html"}),
    ("旧", ALL - {"旧/a.html", "旧/2019/c.html", "县/旧/d.html"}),
    ("旧/", ALL - {"旧/a.html", "旧/2019/c.html", "县/旧/d.html"}),
    ("旧/*", ALL - {"旧/a.html", "旧/2019/c.html"}),
    ("旧/**", ALL - {"旧/a.html", "旧/2019/c.html"}),
    ("./旧/a.html", ALL - {"旧/a.html"}),
    ("旧\\2019\\", ALL - {"旧/2019/c.html"}),
    ("旧\\*.html", ALL - {"旧/a.html", "旧/2019/c.html"}),
    ("县/旧", ALL - {"县/旧/d.html"}),
    ("**/旧/*", ALL - {"旧/a.html", "旧/2019/c.html", "县/旧/d.html"}),
    ("**/旧/2019/*", ALL - {"旧/2019/c.html"}),
    ("**/*.html", {"b.pdf"}),
    ("2019*/*", ALL),
    ("2019*", ALL - {"旧/2019/c.html", "2019a.html"}),
    ("旧?", ALL),
    (" ", ALL),
    ("没有", ALL),
    ("*", set()),
]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "报告"
    for name in TREE:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")
    return folder


@pytest.mark.parametrize(("glob", "kept"), KEPT)
@pytest.mark.parametrize("way", ["searched", "within", "from above", "named", "by URL"])
def test_a_glob_leaves_out_names_paths_and_folders(
    tree: Path, glob: str, kept: set[str], way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same wherever the program runs, and whether a file was found or named."""
    inside = way in {"within", "named"}
    monkeypatch.chdir(tree if inside else tree.parent)
    given = {
        "searched": [str(tree)],
        "within": ["."],
        "from above": [tree.name],
        "named": list(TREE),
        "by URL": [f"file://{tree}/"],
    }[way]
    planned = plan(given, Exclusion.of([glob]))
    assert {Path(source.place).resolve().relative_to(tree).as_posix() for source in planned.sources} == kept
    assert bool(planned.excluded) is (kept != ALL)


def test_an_excluded_folder_is_not_walked(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed: list[str] = []
    walk = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: listed.append(str(path)) or walk(path))
    planned = plan([tree], Exclusion.of(["旧/"]))
    assert not [path for path in listed if path.endswith(("旧", "2019"))]
    assert sorted(planned.excluded) == [f"{tree}/县/旧/", f"{tree}/旧/"]


def test_the_folder_that_was_named_is_read_whatever_lies_above_it_is_called(tree: Path) -> None:
    assert len(plan([tree], Exclusion.of(["*报*"])).sources) == len(TREE)
    assert len(plan([tree], Exclusion.of([tree.parent.name])).sources) == len(TREE)


def test_paths_that_are_whole_mean_themselves(tree: Path) -> None:
    planned = plan([tree], Exclusion.of([f"{tree}/旧"]))
    assert planned.excluded == [f"{tree}/旧/"]
    assert len(planned.sources) == len(TREE) - 2
    assert plan([tree / "旧" / "a.html"], Exclusion.of([f"{tree}/旧/*"])).sources == []


def test_globs_of_a_project_begin_where_its_configuration_lies(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tree / "旧")
    planned = plan([".", "../a.html"], Exclusion.of(["报告/旧/2019/*", "报告/a.html"], tmp_path))
    assert [source.name for source in planned.sources] == ["./a.html"]


def test_folders_of_stores_are_left_out_too() -> None:
    files = fsspec.filesystem("memory")
    for name in TREE:
        files.pipe(f"/excluding/{name}", b"x")
    try:
        planned = plan(["memory://excluding"], Exclusion.of(["旧", "*.pdf"]))
        assert [source.name.removeprefix("memory://excluding/") for source in planned.sources] == [
            "2019a.html",
            "a.html",
            "县/旧.html",
        ]
        assert len(planned.excluded) == 4
    finally:
        files.rm("/excluding", recursive=True)


def test_what_an_address_spells_in_percent_is_the_name() -> None:
    planned = plan(["https://a.example/%E6%97%A7/x.html"], Exclusion.of(["旧"]))
    assert (planned.sources, len(planned.excluded)) == ([], 1)
