"""Fixtures: the documents that lie beside the project, and reports made to order."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.folders import SHARED

settings.register_profile("govstats", deadline=None, derandomize=not os.environ.get("GOVSTATS_NIGHTLY"))
settings.load_profile("govstats")

_LONGEST_NAME = 40
"""Bytes that may stand in the name of a test."""


@pytest.fixture(autouse=True)
def _wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Output as at 100 columns, in Chinese, whatever the terminal that runs the tests."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("GOVSTATS_LANG", raising=False)


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What commands keep is kept in a folder of the test's own."""
    monkeypatch.setenv("GOVSTATS_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real documents and what a careful human reads in them."""
    if not (SHARED / "gold").is_dir():
        pytest.skip("the folder ../shared with real reports is not beside the project")
    return SHARED


@pytest.fixture(scope="session")
def zhaotong(shared: Path) -> Path:
    """昭通市人民政府办公室 2021, whose total row is 0."""
    return next((shared / "seeds").glob("003_*.txt"))


@pytest.fixture(scope="session")
def gold(shared: Path) -> dict[str, Any]:
    """Gold of the seeds by the first three characters of the file name."""
    return {each["file"][:3]: each for each in json.loads((shared / "gold" / "seeds.json").read_text("utf-8"))}


@pytest.fixture(scope="session")
def suqian(shared: Path) -> dict[int, Any]:
    """Gold of 宿迁市 by year."""
    return {each["year"]: each for each in json.loads((shared / "gold" / "suqian.json").read_text("utf-8"))}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Headless Chromium; without one, or without playwright, the tests that need it are skipped."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright (extra `test`) is not installed")
    names = ("chromium", "chromium-browser", "google-chrome")
    chromium = next((path for name in names if (path := shutil.which(name))), None)
    if chromium is None:
        pytest.skip("no Chromium is installed")
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the matrix and the damage run counted, all together."""
    counts: Counter[str] = Counter()
    for report in (each for kind in ("passed", "failed") for each in terminalreporter.getreports(kind)):
        counts.update({key: n for name, cells in report.user_properties if name == "cells" for key, n in cells.items()})
    if counts:
        terminalreporter.write_line("cells read: " + ", ".join(f"{name} {counts[name]}" for name in sorted(counts)))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Whole documents are no names: those with the time in them differ from process to process."""
    return argname if isinstance(val, bytes) and len(val) > _LONGEST_NAME else None
