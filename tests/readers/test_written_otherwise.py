"""One report, its tables written in other ways than most: nothing is lost, and nothing else is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest

import govstats
from tests.containers import CONTAINERS
from tests.figuresets import sample
from tests.judge import count
from tests.stories import story


def _drawn(text: str) -> str:
    """Pipes as a drawn table has them, with a line between its rows."""
    return re.sub(r"^(.* \|.*)$", r"├───┼───┤\n│ \1 │", text, flags=re.MULTILINE).replace("|", "│")


WAYS: dict[str, tuple[str, Callable[[str], str]]] = {
    "drawn with lines": ("text", _drawn),
    "kept from a spreadsheet": ("csv", lambda text: re.sub(r"(?<=,)(\d+)(?=,|\r?\n)", r'"=""\1"""', text)),
    "an apostrophe before figures": ("csv", lambda text: re.sub(r"(?<=,)(\d+)(?=,|\r?\n)", r"'\1", text)),
    "a guard before JSON": ("json", lambda text: ")]}'\n" + text),
    "a loop before JSON": ("json", lambda text: "while(1);" + text),
    "JSON that is given a name": ("json", lambda text: f"var page = {text};"),
    "a page written by percent": (
        "html",
        lambda text: f'<html><body><script>document.write(unescape("{quote(text)}"))</script></body></html>',
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_table_is_read_however_it_is_written(way: str) -> None:
    container, written = WAYS[way]
    figures = sample("distinct", 7)
    text = (
        CONTAINERS[container].render(story(figures.figures), "utf-8", CONTAINERS[container].shapes[0]).decode("utf-8")
    )
    assert written(text) != text
    (report,) = govstats.check(written(text).encode()).reports
    counts = count(report, figures.truth)
    assert counts["exact"] == counts.total()
