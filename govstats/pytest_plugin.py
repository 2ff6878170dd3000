"""pytest plugin: `pytest --govstats 目录/` makes every rule in every table a test; `govstats_audit` is for own tests.

Every run of pytest loads this module, so it loads nothing else of govstats before that is asked for.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from govstats.model.audits import Audit


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--govstats` and `--govstats-config`."""
    group = parser.getgroup("govstats", "政府信息公开工作年度报告 reports on information disclosure")
    group.addoption("--govstats", action="store_true", help="核对报告 collect reports, a test a table and rule")
    group.addoption("--govstats-config", metavar="FILE", type=Path, help="govstats 的配置文件 its configuration")


def pytest_configure(config: pytest.Config) -> None:
    """With `--govstats`, reports are collected."""
    config.addinivalue_line("markers", "govstats: 政府信息公开工作年度报告的核对 audit of a report (pytest --govstats)")
    if config.getoption("govstats"):
        from govstats.testing.reports import ReportTests

        config.pluginmanager.register(ReportTests(config), "govstats-reports")


@pytest.fixture(scope="session")
def govstats_audit(pytestconfig: pytest.Config) -> Callable[..., Audit]:
    """Paths → Audit under the project's configuration and baseline: `govstats_audit("2023/", "2024/").ok`."""
    from govstats.testing.reports import Conditions

    conditions = Conditions.of(pytestconfig)

    def audit(*paths: str | os.PathLike[str]) -> Audit:
        return conditions.audit(paths)

    return audit
