"""What documents say, made harmless: it can neither begin a line nor turn one around."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats.display.untrusted import harmless, one_line, unbroken


@given(st.text())
def test_what_nobody_can_see_is_shown(text: str) -> None:
    for character in harmless(text):
        assert unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"} or character in "\n\t"


@given(st.text(st.sampled_from("a\n\r\x0b\x0c\x85\u2028\u2029\x1c\t 汉")))
def test_an_unbroken_text_is_one_line(text: str) -> None:
    assert len(unbroken(text).splitlines()) <= 1
    assert len(one_line(text).splitlines()) <= 1


@pytest.mark.parametrize("mark", [*"\u202e\u202a\u2066\u2069\u200e\u200f\u061c", "\ufffe", "\U000e0041", "\x1b"])
def test_marks_that_turn_or_hide_are_shown(mark: str) -> None:
    assert harmless(f"甲{mark}乙") == "甲\ufffd乙"


def test_text_as_people_write_it_stays() -> None:
    text = "昭通市人民政府办公室　2021年（总计）“0” ①²\u200b 𠮷 é\tb\n"
    assert harmless(text) == text
    rare = chr(0x31350)
    assert harmless(rare) == rare, f"a 汉字 younger than Unicode {unicodedata.unidata_version} of {sys.version_info}"
