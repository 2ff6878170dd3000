"""Sums in words and figures of their own: the right ones get nothing, the wrong ones their rule."""

from __future__ import annotations

import pytest

from tests.prose.cases import claims_of, sentences

SUMS = sentences("sums")
CASES = [(want, text) for want in SUMS for text in SUMS[want] if "sum" not in want]


@pytest.mark.parametrize(("want", "text"), CASES, ids=lambda value: value)
def test_a_sum_gets_its_verdict(want: str, text: str) -> None:
    told = {(claim.rule, claim.severity) for claim in claims_of(*text.split("⏎")) if claim.rule}
    rule, _, severity = want.partition(" ")
    assert told == (set() if want == "silent" else {(rule, severity or "warning")})


@pytest.mark.parametrize("want", ["sum", "no_sum"])
def test_figures_side_by_side_are_a_sum_only_if_they_do_not_add_up_by_chance(want: str) -> None:
    kinds = [{claim.kind for claim in claims_of(text)} for text in SUMS[want]]
    assert kinds == [{"sum"} if want == "sum" else set()] * len(kinds)
