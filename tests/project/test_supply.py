"""What govstats runs with: every package has a licence that lets all use it, and a lowest version that is tested."""

from __future__ import annotations

import subprocess
import sys

import pytest
from packaging.requirements import Requirement

from tests.folders import ROOT
from tests.licences import is_known, is_permissive, licence, packages
from tests.lowest import lowest, requirements


def test_all_that_runs_may_be_used_by_all() -> None:
    told = {name: licence(package) for name, package in packages().items()}
    assert len(told) > 40
    assert {name: each for name, each in told.items() if not is_known(name, each)} == {}


@pytest.mark.parametrize(
    "told", ["GPL-3.0-only", "AGPL-3.0", "MIT AND GPL-2.0", "GNU General Public License v3 (GPLv3)", "unknown", ""]
)
def test_what_binds_is_not_permissive(told: str) -> None:
    assert not is_permissive(told)


@pytest.mark.parametrize("told", ["MIT", "BSD-3-Clause AND 0BSD", "GPL-2.0 OR MIT", "Apache Software License"])
def test_what_binds_nobody_is(told: str) -> None:
    assert is_permissive(told)


def test_every_requirement_names_its_lowest_version() -> None:
    told = [lowest(each) for each in requirements()]
    assert len(told) == len(set(told)) > 20
    assert lowest(Requirement("numpy>=1.26")) == "numpy==1.26"


@pytest.mark.parametrize("module", ["tests.licences", "tests.lowest"])
def test_one_command_lists_them(module: str) -> None:
    done = subprocess.run([sys.executable, "-m", module], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "numpy" in done.stdout
