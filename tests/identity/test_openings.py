"""Whole openings in the shapes of real pages: agency and year right, or unknown; never wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from govstats.identity import identify
from govstats.identity.spelling import is_same, key
from govstats.readers import read_document

GIVEN = yaml.safe_load((Path(__file__).parent / "openings.yaml").read_text("utf-8"))
KINDS = ["bureau", "town", "government", "office"]
NOBODY = "none"
LEAST = 0.98


class Opening(NamedTuple):
    """A text, whose it is, and for which year."""

    text: str
    agency: str | None
    year: int | None


def openings(part: str) -> Iterator[Opening]:
    """The shapes of a part, each filled in for every body of its kinds."""
    for shape in GIVEN[part]:
        for body in GIVEN["bodies"]:
            if body["kind"] in shape.get("kinds", KINDS):
                year = shape.get("year", 2021)
                agency = None if shape.get("agency") == NOBODY else body["full"]
                yield Opening(shape["text"].format(**{"short": body["full"], **body}), agency, _none(year))


def _none(value: Any) -> Any:
    return None if value == NOBODY else value


def is_right(got: str | None, opening: Opening) -> bool:
    """The same body, in whichever spelling the text gives."""
    return got == opening.agency or bool(got and opening.agency and is_same(key(got), key(opening.agency)))


def counted(part: str) -> tuple[dict[str, Counter[str]], list[str]]:
    """Right, unknown and wrong, for agency and year; and what was not right."""
    counts: dict[str, Counter[str]] = {"agency": Counter(), "year": Counter()}
    missed = []
    for opening in openings(part):
        got = identify(read_document(opening.text.encode()))
        for what, value, right in (
            ("agency", got.agency, is_right(got.agency, opening)),
            ("year", got.year, got.year == opening.year),
        ):
            verdict = "right" if right else "unknown" if value is None else "wrong"
            counts[what][verdict] += 1
            if not right:
                missed.append(f"{what} {value} for {opening[1:]}: {opening.text!r}")
    return counts, missed


def test_there_are_enough_openings_and_a_third_is_held_out() -> None:
    tried, held_out = len(list(openings("shapes"))), len(list(openings("held_out")))
    assert tried + held_out >= 400
    assert held_out >= (tried + held_out) / 3 * 0.95


@pytest.mark.parametrize("part", ["shapes", "held_out"])
def test_openings_are_read_right_or_not_at_all(part: str, capsys: pytest.CaptureFixture[str]) -> None:
    counts, missed = counted(part)
    with capsys.disabled():
        for what, count in counts.items():
            print(
                f"\n{part}, {what}: {count['right']} right, {count['unknown']} unknown, {count['wrong']} wrong", end=""
            )
    for count in counts.values():
        assert not count["wrong"], [each for each in missed if " None for" not in each]
        assert count["right"] >= LEAST * count.total(), missed
