"""The examples in the docstrings of what analysts call are run."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

import govstats

PUBLIC = {name: getattr(govstats, name) for name in govstats.__all__ if name[0].islower()}
METHODS = {"Report": govstats.Report, "Audit": govstats.Audit, "gov": import_module("govstats.accessor").GovAccessor}


@pytest.mark.parametrize("name", [*PUBLIC, *METHODS])
def test_the_examples_of_docstrings_are_true(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    thing = {**PUBLIC, **METHODS}[name]
    module = import_module(thing.__module__)
    found = doctest.DocTestFinder().find(thing, name, module, globs={"govstats": govstats})
    examples = [each for each in found if each.examples]
    assert examples or name == "add_schemas", f"govstats.{name} shows no example"
    for each in examples:
        doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(each)
    assert not capsys.readouterr().out
