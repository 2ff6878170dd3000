"""Where the fault of one report shows in another: told with its cause in every output, and it turns nobody red."""

from __future__ import annotations

import json
from functools import cache

import pytest
from lxml import etree

from govstats.display.look import Look
from govstats.model.audits import Audited
from govstats.renderers import render, renderers
from tests.chronicle import histories
from tests.comparison.trial import Trial, shift

NAMES = [f"青山县{office}" for office in ("财政局", "水利局", "教育局", "民政局", "司法局", "审计局", "统计局")]
GUILTY = "青山县财政局2022.html"


@cache
def entries() -> tuple[Audited, ...]:
    """Two years of seven bureaus. What one carried on is wrong; the year after has no fault."""
    trial = Trial(3, histories(3, NAMES, range(2022, 2024)))
    shift(trial.papers[NAMES[0]][2022], "4", "natural_person", 6)
    trial.run()
    return tuple(trial.entries)


def cause() -> str:
    (finding,) = [each for each in entries()[0].findings if each.severity == "error"]
    assert finding.cause
    return finding.cause


def written(name: str) -> str:
    pieces = render(name, entries(), Look(width=200, seen=False))
    return "".join(each if isinstance(each, str) else "" for each in pieces)


def test_the_report_has_no_fault_of_its_own() -> None:
    guilty, affected, *_ = entries()
    assert (guilty.path, affected.report.year) == (GUILTY, 2023)
    assert [each.cause for each in affected.affected] == [cause()]
    assert "改正" in affected.affected[0].message.zh
    assert not [each for each in affected.findings if each.severity != "info"]


@pytest.mark.parametrize("name", sorted({*renderers()} - {"xlsx"}))
def test_every_output_tells_it(name: str) -> None:
    told = written(name)
    assert told.count(cause()) >= (1 if name in {"text", "markdown", "concise", "github"} else 2)
    assert GUILTY in told


def test_it_is_no_failure_of_junit_and_no_result_of_sarif() -> None:
    root = etree.fromstring(written("junit").encode())
    red = [suite.get("name") for suite in root if suite.get("failures") != "0" or suite.get("errors") != "0"]
    assert [GUILTY in (name or "") for name in red] == [True]
    (run,) = json.loads(written("sarif"))["runs"]
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert [(each["level"], each["properties"]["cause"]) for each in notes] == [("note", cause())]
    assert {each["properties"]["cause"] for each in run["results"] if each["level"] == "error"} == {cause()}
