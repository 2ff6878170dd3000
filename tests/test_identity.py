"""Whose report, for which year: right, or unknown; never wrong."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from govstats.identity import identify
from govstats.readers import read_document

CASES = Path(__file__).parent / "identity"
BODY = "\n一、总体情况\n按照条例的规定开展各项工作。\n二、主动公开政府信息情况\n另见附表。\n"


def verdict(got: Any, expected: Any) -> str:
    if got == expected:
        return "right"
    return "none" if got is None else "wrong"


def judged(name: str) -> tuple[Counter[str], list[str]]:
    """Counts of right, none and wrong, agency and year apart; and the cases that are not right."""
    counts: Counter[str] = Counter()
    missed = []
    for text, agency, year in yaml.safe_load((CASES / name).read_text("utf-8")):
        whole = text if "<html>" in text or "一、总体情况" in text else text + BODY
        got = identify(read_document(whole.encode()))
        for what, one, other in (("agency", got.agency, agency), ("year", got.year, year)):
            counts[verdict(one, other)] += 1
            if one != other:
                missed.append(f"{what} {one} for {other}: {text!r}")
    return counts, missed


@pytest.mark.parametrize("name", ["titles.yaml", "heldout.yaml"])
def test_titles_are_read_right_or_not_at_all(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    counts, missed = judged(name)
    with capsys.disabled():
        print(f"\n{name}: {counts['right']} right, {counts['none']} None, {counts['wrong']} wrong")
    assert not counts["wrong"], missed
    assert counts["right"] >= 0.95 * counts.total(), missed
