"""D014: who is late by what is printed, and who is left alone. The cases are data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from govstats import checks
from govstats.diagnosis.examine import examine
from govstats.pipeline import parse

CASES = yaml.safe_load(Path(__file__).with_name("late.yaml").read_text("utf-8"))


def page(case: dict[str, Any]) -> str:
    said = case.get("text", "本年主动公开政府信息120条。")
    lines = [case["title"], *case.get("head", ()), "一、总体情况", said, "六、其他需要报告的事项", "无。"]
    return "\n".join([*lines, *case.get("end", ())])


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join(map(str, case.values())))
def test_who_is_late(case: dict[str, Any]) -> None:
    report = parse(case.get("path", "page.html") + ".txt", page(case).encode())
    found = [each for each in checks.findings(examine([report])[0]) if each.rule == "D014"]
    assert [each.severity for each in found] == ([case["found"]] if case.get("found") else [])


def test_enough_true_shapes_are_left_alone() -> None:
    assert sum(not case.get("found") for case in CASES) >= 30
