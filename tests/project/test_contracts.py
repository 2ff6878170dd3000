"""What a module dropped into a folder must offer, said in a sentence."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from govstats import checks, readers, renderers
from govstats.catalog.rules import known_rules
from govstats.model.audits import Audit
from tests.folders import PACKAGE


@pytest.mark.parametrize("name", readers.readers())
def test_a_reader_offers_suffixes_sniff_and_read(name: str) -> None:
    reader = readers.readers()[name]
    assert isinstance(reader.SUFFIXES, tuple), f"readers/{name}.py needs SUFFIXES, a tuple like ('.html',)"
    assert all(each.startswith(".") and each == each.lower() for each in reader.SUFFIXES)
    assert callable(reader.sniff), f"readers/{name}.py needs sniff(head: bytes) -> bool"
    assert reader.sniff(b"\0\1\2\3") is False, f"readers/{name}.py must not take any bytes"
    assert callable(reader.read), f"readers/{name}.py needs read(data: bytes) -> Document"


def test_no_two_readers_claim_one_suffix() -> None:
    claimed = [suffix for reader in readers.readers().values() for suffix in reader.SUFFIXES]
    assert len(claimed) == len(set(claimed))


@pytest.mark.parametrize("name", renderers.renderers())
def test_a_renderer_offers_name_suffix_and_render(name: str) -> None:
    renderer = renderers.renderers()[name]
    assert renderer.SUFFIX.startswith("."), f"renderers/{name}.py needs SUFFIX, like '.json'"
    assert callable(renderer.render), f"renderers/{name}.py needs render(entries, look)"
    kind = bytes if renderers.is_binary(name) else str
    chunks = list(renderer.render(Audit(()).entries, renderers.Look()))
    assert all(isinstance(chunk, kind) for chunk in chunks), f"renderers/{name}.py needs chunks of {kind.__name__}"


def test_a_check_names_rules_that_have_files() -> None:
    for check in checks.known_checks():
        unknown = set(check.RULES) - set(known_rules())
        assert not unknown, f"{check} applies {unknown}, which have no file in schemas/rules/"


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_and_public_name_has_a_docstring(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), f"{path.name} says nothing in its first line"
    protocol = {  # named and explained by a protocol or a base class
        "sniff",
        "read",
        "check",
        "render",
        "write",
        "invoke",
        "text",
        "compile",
        "lines",
        "add",
        "apply",
        "start",
        "end",
        "data",
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.ClassDef | ast.FunctionDef)
            and not node.name.startswith("_")
            and node.name not in protocol
        ):
            assert ast.get_docstring(node) or _is_inner(tree, node), f"{path.name}: {node.name} has no docstring"


def _is_inner(tree: ast.Module, node: ast.AST) -> bool:
    """Does it stand inside a function or a private class?"""
    for outer in ast.walk(tree):
        hidden = isinstance(outer, ast.FunctionDef) or (isinstance(outer, ast.ClassDef) and outer.name.startswith("_"))
        if hidden and outer is not node and any(child is node for child in ast.walk(outer)):
            return True
    return False
