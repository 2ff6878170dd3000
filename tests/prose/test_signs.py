"""A sign is never missing where its words stand, and the quick ways name the same nouns as the slow ones."""

from __future__ import annotations

from itertools import product

from govstats.model.document import Document, Paragraph
from govstats.prose.claiming import may_reckon, may_tell
from govstats.prose.figures import Lines, figures
from govstats.prose.nouns import may_name, named_by, nouns
from govstats.prose.passages import Passage, prose
from govstats.prose.signs import NONE, kinds_of_words, signs_of
from tests.prose.cases import claims_of, report_of_sentences, sentences

SAID = sentences("kinds")
EVERY = [text for where in SAID.values() for texts in where.values() for text in texts] + sentences("later")["alone"]


def signs(text: str) -> frozenset[str]:
    return signs_of(Lines.of([text])).get(0, NONE)


def test_a_word_shows_the_sign_of_each_of_its_kinds() -> None:
    for sign, words in kinds_of_words().items():
        for word in words:
            assert sign in signs(f"本年{word}3件。"), (sign, word)


def test_a_word_that_begins_within_another_is_not_overlooked() -> None:
    every = [(sign, word) for sign, words in kinds_of_words().items() for word in words]
    for (_, one), (sign, other) in product(every, repeat=2):
        for shared in range(1, min(len(one), len(other))):
            if one.endswith(other[:shared]):
                assert sign in signs(f"本年{one}{other[shared:]}3件。"), (one, other)


def test_a_word_of_change_without_a_figure_in_its_clause_is_no_sign() -> None:
    assert "change" not in signs("提升公开质效，共公开信息12条。")
    assert "change" in signs("公开信息12条，比上年提升三成。")


def test_a_label_names_the_nouns_that_its_end_is_searched_for() -> None:
    labels = {label for text in EVERY for label in _labels(text)}
    assert len(labels) > len(EVERY)
    for label in labels:
        found = [noun for noun in nouns().nouns if noun.pattern.search(label)]
        assert named_by(label) == found
        assert may_name(label) or not found


def _labels(text: str) -> list[str]:
    document = Document("text", "utf-8", (Paragraph(text, 1),))
    return [label for figured in prose(document).passages for label in Passage(figured).labels]


def test_what_is_not_asked_claims_nothing() -> None:
    quiet = "召开会议3次，印发要点1份，设立专区11处，配备设备23台。"
    assert figures(quiet)
    (figured,) = prose(Document("text", "utf-8", (Paragraph(quiet, 1),))).passages
    assert not may_reckon(figured)
    assert not may_tell(figured)
    assert claims_of(quiet, about=report_of_sentences()) == ()
