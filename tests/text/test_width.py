"""Long texts in one width."""

from __future__ import annotations

import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from govstats.text.labels import plain, plain_lines
from govstats.text.width import half_width


def test_each_character_has_the_form_that_unicode_gives_it() -> None:
    for code in range(sys.maxunicode + 1):
        assert half_width(chr(code)) == unicodedata.normalize("NFKC", chr(code))


@given(st.text(st.one_of(st.characters(), st.sampled_from("，；：（）％！？\u3000０１２３４５６７８９\u0301\u3099が"))))
def test_each_text_has_the_form_that_unicode_gives_it(text: str) -> None:
    assert half_width(text) == unicodedata.normalize("NFKC", text)


@given(st.lists(st.text(st.sampled_from("政府信息公開，（一） \u3000\n\t\u200b12１２")), max_size=5))
def test_texts_are_as_plain_together_as_each_alone(texts: list[str]) -> None:
    assert plain_lines(texts) == "\n".join(map(plain, texts))
