"""How often warnings about sentences are right, and how many of the wrong sentences get one. Prints both figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from govstats.model.claim import Claim
from tests.prose.cases import claims_of, is_held_out, report_of_sentences, sentences

PRECISION = 0.98
RECALL = 0.9


class Case(NamedTuple):
    """A sentence with the verdict that a careful reader gives it: holds, warning, info, or none (no claim)."""

    text: str
    verdict: str
    rule: str
    held_out: bool

    def claims(self) -> tuple[Claim, ...]:
        with_table = self.rule in ("N501", "")
        return claims_of(self.text, about=report_of_sentences() if with_table else None)

    def warnings(self) -> set[str | None]:
        return {claim.rule for claim in self.claims() if claim.severity == "warning"}


def cases() -> Iterator[Case]:
    for verdict in ("holds", "warning", "info"):
        for rule, texts in sentences("claims")[verdict].items():
            yield from (Case(text, verdict, rule, is_held_out(place)) for place, text in enumerate(texts))
    yield from (Case(text, "none", "", is_held_out(place)) for place, text in enumerate(sentences("none")))


def measured(chosen: list[Case]) -> tuple[float, float]:
    """Precision and recall of warnings."""
    right = wrong = missed = 0
    for case in chosen:
        found = case.warnings()
        expected = {case.rule} if case.verdict == "warning" else set()
        right += len(found & expected)
        wrong += len(found - expected)
        missed += len(expected - found)
    return right / (right + wrong), right / (right + missed)


@pytest.mark.parametrize("part", ["all", "held out"])
def test_warnings_are_right_and_wrong_sentences_are_found(part: str, capsys: pytest.CaptureFixture[str]) -> None:
    chosen = [case for case in cases() if part == "all" or case.held_out]
    precision, recall = measured(chosen)
    with capsys.disabled():
        print(f"\nprose, {part}: {len(chosen)} sentences, precision {precision:.3f}, recall {recall:.3f}")
    assert precision >= PRECISION
    assert recall >= RECALL


def test_there_are_sentences_enough_and_half_of_those_with_claims_are_wrong() -> None:
    made = list(cases())
    with_claims = [case for case in made if case.verdict != "none"]
    wrong = [case for case in with_claims if case.verdict == "warning"]
    assert len({case.text for case in made}) == len(made)
    assert len(with_claims) >= 150
    assert len(wrong) >= 75
    assert sum(case.verdict == "none" for case in made) >= 300


LATER = sentences("later")


@pytest.mark.parametrize("case", [case for case in cases() if case.verdict in ("holds", "info")], ids=lambda c: c.text)
def test_a_claim_that_holds_is_seen_to_hold(case: Case) -> None:
    found = case.claims()
    if case.verdict == "info":
        assert any(claim.severity == "info" and claim.rule == case.rule for claim in found)
    else:
        assert any(claim.holds for claim in found)


@pytest.mark.parametrize(("where", "text"), [(where, text) for where in LATER for text in LATER[where]])
def test_a_sentence_that_once_was_hard_gets_no_warning(where: str, text: str) -> None:
    found = claims_of(text, about=report_of_sentences() if where == "with_table" else None)
    assert [claim for claim in found if claim.severity == "warning"] == []


@pytest.mark.parametrize("case", sentences("skeletons"), ids=lambda case: case["text"])
def test_a_real_skeleton_gets_its_verdict(case: dict[str, object]) -> None:
    found = [claim for claim in claims_of(str(case["text"])) if "parts" in claim.values]
    verdicts = {
        (claim.values["total"], sum(claim.values["parts"]), "holds" if claim.holds else claim.severity)
        for claim in found
    }
    assert (case["total"], case["parts_sum"], case["verdict"]) in verdicts
