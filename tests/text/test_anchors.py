"""Words that every match of a pattern holds, as they are looked for before the pattern is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats.comparison.notes import reasons
from govstats.text.anchors import words_in_all

PATTERNS = [*reasons().stock, *(word for each in reasons().reasons.values() for word in each.words)]
MORE = ["划[入归]|并入", "(?:自|从)?(?:今年|明年)起", r"\d+[件份].{0,8}失效", "(?<!不再)列入(?=年)", "(?:甲|乙){2}丙"]


@pytest.mark.parametrize("pattern", [*PATTERNS, *MORE])
def test_each_match_holds_one_of_the_words(pattern: str) -> None:
    hint = words_in_all([pattern])

    @given(st.from_regex(pattern))
    def holds(text: str) -> None:
        assert hint.search(text)

    assert hint.pattern
    holds()


@pytest.mark.parametrize("pattern", ["(?:甲)?", "[^,]{2}", "甲|.", r"\d+", "(?:甲|乙?)"])
def test_what_needs_no_word_is_looked_for_anywhere(pattern: str) -> None:
    assert words_in_all(["丙", pattern]).search("无")


def test_words_are_no_longer_than_they_must_be() -> None:
    assert re.split(r"\|", words_in_all(["数据口径", "口径", "划[入归]"]).pattern) == ["划入", "划归", "口径"]
