"""What a report says of itself that explains its figures: sentences as data (sentences.yaml)."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from govstats.comparison.notes import notes, scope_of

SENTENCES = yaml.safe_load(Path(__file__).with_name("sentences.yaml").read_text("utf-8"))
EACH = [(kind, sentence) for kind, sentences in SENTENCES.items() for sentence in sentences]


@pytest.mark.parametrize(("kind", "sentence"), EACH)
def test_a_sentence_gives_the_reason_that_it_states(kind: str, sentence: str) -> None:
    found = {note.kind for note in notes(sentence)}
    assert found == set() if kind == "none" else kind in found


@pytest.mark.parametrize(("kind", "sentence"), [each for each in EACH if each[0] in {"scope_own", "scope_all"}])
def test_what_is_counted_is_told_apart(kind: str, sentence: str) -> None:
    assert scope_of(notes(sentence)) == kind.removeprefix("scope_")


def test_of_documents_that_lapsed_only_the_counts_of_their_own_clauses_count() -> None:
    (note,) = [each for each in notes("清理规范性文件7件,其中废止1件、自然失效6件。") if each.kind == "lapse"]
    assert note.figures == (6.0,)


def test_what_is_neither_requests_nor_documents_is_not_counted() -> None:
    for sentence in ("对上年公开的5条信息进行了更正。", "上年年报更正5处。", "上年组织勘误培训5次。"):
        counted = [each.figures for each in notes(sentence) if each.figures]
        assert counted == [], sentence
    assert notes("开展文件清理1次,涉及文件6件,全部继续执行。") == ()
    (note,) = notes("上年结转更正为5件。")
    assert note.figures == (5.0,)


def test_a_report_that_says_both_says_nothing() -> None:
    assert scope_of(notes("本报告数据为市本级数据。本报告汇总全市各级行政机关数据。")) is None
