"""The house: one direction (`lint-imports`), no circle of files, one door upwards, few rooms in front."""

from __future__ import annotations

import ast
import re
import tomllib
from graphlib import TopologicalSorter
from importlib import import_module

import grimp
import pytest

from govstats.model.views import VIEWS, view
from tests.folders import PACKAGE, ROOT

LOADS_BY_NAME = {
    "__init__.py": "the public names, when they are first used",
    "catalog/dropins.py": "what is dropped into a folder",
    "cli/__init__.py": "the command that is called",
    "cli/health/libraries.py": "libraries, to see whether they are whole",
    "comparison/__init__.py": "what compares, when more than one report is there",
    "model/views.py": "the door from the model to its views",
    "plots/optional.py": "libraries of extras",
    "sources/orphans.py": "the work of a process, once it is sure to end with its parent",
}
"""Where modules are loaded by name, and which: nowhere else, so that every other import is seen by the contract."""
MOST_IN_FRONT = 9


def test_no_file_imports_itself_by_way_of_others() -> None:
    """A circle is told as the files that it goes through."""
    graph = grimp.build_graph("govstats", exclude_type_checking_imports=True, cache_dir=None)
    TopologicalSorter({module: graph.find_modules_directly_imported_by(module) for module in graph.modules}).prepare()


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_is_behind_the_door(name: str) -> None:
    assert callable(view(name))


def test_only_doors_load_modules_by_name() -> None:
    loading = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if {getattr(node, "id", ""), getattr(node, "attr", "")} & {"import_module", "__import__"}
    }
    assert loading <= LOADS_BY_NAME.keys()


def test_in_front_stands_only_what_a_stranger_must_see_first() -> None:
    assert len(list(PACKAGE.glob("*.py"))) <= MOST_IN_FRONT


def test_nothing_writes_into_an_object_of_another() -> None:
    """`thing.__dict__[…] = …` or `object.__setattr__(thing, …)` completes an object after it was made."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in {"__dict__", "__setattr__"}:
                owner = node.value
                assert isinstance(owner, ast.Name), f"{path.name}:{node.lineno}"
                assert owner.id == "self", f"{path.name}:{node.lineno}: {owner.id}.{node.attr}"


def test_the_page_on_the_house_shows_every_storey() -> None:
    storeys = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"][0][
        "layers"
    ]
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    drawn = page.partition("```text")[2].partition("```")[0]
    places = [[drawn.index(room.strip(" ()")) for room in storey.split(":")] for storey in storeys]
    assert [max(place) for place in places] == sorted(max(place) for place in places)


def test_the_way_of_one_report_is_told_by_names_that_are_there() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    way = page.partition("## 一份报告的路")[2].partition("## 加在哪里")[0]
    names = [name for name in re.findall(r"`([a-z_]+(?:\.\w+)+)`", way) if not name.endswith(".py")]
    assert len(names) > 15
    for name in names:
        module, _, thing = f"govstats.{name}".rpartition(".")
        assert hasattr(import_module(module), thing), name
