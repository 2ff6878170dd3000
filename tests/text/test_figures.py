"""What counts as a figure, and what must not."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats.text.figures import State, amount, figure


@pytest.mark.parametrize(
    ("raw", "value", "unit"),
    [
        ("0", 0, ""),
        ("81", 81, ""),
        ("007", 7, ""),
        ("1,113", 1113, ""),
        ("1，113", 1113, ""),
        ("１２３", 123, ""),
        ("０", 0, ""),
        ("\u00a012\u3000", 12, ""),
        ("\u200b5\ufeff", 5, ""),
        ("\u202d1\u2066060\u202c", 1060, ""),
        ("\u202e7", 7, ""),
        ("? 0", 0, ""),
        ("？ 12 ?", 12, ""),
        ("0件", 0, "件"),
        ("12 件", 12, "件"),
        ("38.441094", 38.441094, ""),
        ("160.5964万元", 160.5964, "万元"),
        ("251000元", 251000, "元"),
        ("-417", -417, ""),
        ("−417", -417, ""),
    ],
)
def test_a_printed_figure_is_read(raw: str, value: float, unit: str) -> None:
    read = figure(raw)
    assert (read.value, read.unit) == (value, unit)
    assert read.state is (State.NUMBER if value else State.ZERO)


@pytest.mark.parametrize(
    ("raw", "value", "unit"),
    [
        ("34.5678 万", 34.5678, "万元"),
        ("1.2亿", 1.2, "亿元"),
        ("345678.00元（人民币）", 345678, "元"),
        ("人民币 3456元整", 3456, "元"),
        ("￥34.5万元", 34.5, "万元"),
        ("¥12", 12, ""),
        ("0元（人民币）", 0, "元"),
    ],
)
def test_an_amount_is_read_with_the_unit_that_it_states(raw: str, value: float, unit: str) -> None:
    assert (amount(raw).value, amount(raw).unit) == (value, unit)


@pytest.mark.parametrize(
    "raw", ["12 3元（人民币）", "三十四万元", "3至4万", "约34万", "人民币", "万", "￥", "1.2.3万", "3万5"]
)
def test_what_is_no_amount_is_not_read(raw: str) -> None:
    assert amount(raw).state is State.UNREADABLE


@pytest.mark.parametrize("raw", ["", " ", "\u3000", "\u00a0\n", "\f", "\u200b"])
def test_a_blank_is_blank_and_not_zero(raw: str) -> None:
    assert figure(raw).state is State.BLANK
    assert math.isnan(figure(raw).value)


@pytest.mark.parametrize("raw", ["/", "-", "—", "——", "－", "无", "無", " / "])
def test_a_mark_is_a_mark_and_not_zero(raw: str) -> None:
    assert figure(raw).state is State.MARK
    assert math.isnan(figure(raw).value)


@pytest.mark.parametrize(
    "raw",
    [
        "1***", "***", "12 3", "1\f2", "1 113", "1,13", "约5", "5余", "202111日", "〔202130号", "三", "x", "1.2.3",
        "O", "1e3", "0x10", "½", "②", "9" * 20, "1/2", "--5", "请根据实际情况填写",
        "\ufffc", "12\ufffc", "\u202e12", "?", "12?", "?0",
    ],
)  # fmt: skip
def test_what_is_no_figure_is_unreadable(raw: str) -> None:
    assert figure(raw).state is State.UNREADABLE
    assert math.isnan(figure(raw).value)


@given(st.integers(min_value=0, max_value=10**12), st.sampled_from(["{}", "{:,}", " {} ", "{}件", "\u3000{}"]))
def test_any_count_in_any_dress_is_read_exactly(value: int, dress: str) -> None:
    assert figure(dress.format(value)).value == value


@given(st.text(max_size=12))
def test_nothing_that_holds_no_digit_has_a_value(text: str) -> None:
    if not any(character.isdigit() for character in text):
        assert math.isnan(figure(text).value)
