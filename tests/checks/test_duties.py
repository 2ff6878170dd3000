"""What inspectors ask for: aspects of 总体情况 (D015), the law in force (D016), the tariff (P407), a whole year (D008).

The texts are data; each file has those that a rule tells of, and at least thirty true ones that it leaves alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from govstats import checks
from govstats.catalog.rules import ExampleReport
from govstats.diagnosis.examine import examine
from govstats.display.books.examples import example_report
from govstats.model.finding import Finding
from govstats.pipeline import parse

RULES = {"law": ("D016", 2021), "tariff": ("P407", 2023), "spans": ("D008", 2021)}
FILES = {name: yaml.safe_load(Path(__file__).with_name(f"{name}.yaml").read_text("utf-8")) for name in RULES}
ASPECTS = yaml.safe_load(Path(__file__).with_name("aspects.yaml").read_text("utf-8"))
SENTENCES = [
    pytest.param(name, sentence, told, id=f"{name} {told} {sentence}")
    for name, lists in FILES.items()
    for told in ("told", "left_alone")
    for sentence in lists[told]
]


def whole(case: dict[str, Any]) -> list[str]:
    """The paragraphs of a report with all six sections."""
    return [
        *("一、总体情况", *case["general"], "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"),
        *([case["three"]] if "three" in case else []),
        *(
            "四、政府信息公开行政复议、行政诉讼情况",
            "五、存在的主要问题及改进情况",
            case.get("five", "下一年逐月核对。"),
        ),
        *("六、其他需要报告的事项", case.get("six", "无。")),
    ]


def found(rule: str, report: Any) -> list[Finding]:
    return [each for each in checks.findings(examine([report])[0]) if each.rule == rule]


@pytest.mark.parametrize("case", ASPECTS, ids=lambda case: "".join(case["general"])[:40])
def test_what_the_general_situation_lacks(case: dict[str, Any]) -> None:
    agency, year = case.get("agency", "青山县教育局"), case.get("year", 2023)
    figures: dict[str, list[int | float | str]] = {"review": [1, 0, 0, 0, 1]}
    example = ExampleReport(table="litigation", figures=figures, agency=agency, year=year, prose=tuple(whole(case)))
    told = [quote for each in found("D015", example_report(example)) for quote in each.quotes]
    assert told == case.get("missing", [])


@pytest.mark.parametrize(("name", "sentence", "told"), SENTENCES)
def test_a_sentence_is_told_or_left_alone(name: str, sentence: str, told: str) -> None:
    rule, year = RULES[name]
    title = f"青山县教育局{year}年政府信息公开工作年度报告"
    lines = [title, sentence if name != "tariff" else "", "一、总体情况", f"{year}年，我局主动公开政府信息120条。"]
    lines += ["六、其他需要报告的事项", sentence if name == "tariff" else "无。"]
    assert bool(found(rule, parse("page.txt", "\n".join(lines).encode()))) == (told == "told")


def test_enough_true_texts_are_left_alone() -> None:
    assert sum(not case.get("missing") for case in ASPECTS) >= 30
    assert all(len(lists["left_alone"]) >= 30 for lists in FILES.values())
