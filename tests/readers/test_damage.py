"""Random damage: no figure in a cell where the damaged document does not print it, every loss told, no traceback.

The suite takes some hundred examples, GOVSTATS_NIGHTLY=1 (`make nightly`) 10,000.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import govstats
from govstats.errors import ReadError
from govstats.renderers import render, renderers
from tests import damage
from tests.containers import CONTAINERS, pages
from tests.damage import Damaged, Random
from tests.factory import TEXT_SHAPES
from tests.figuresets import sample
from tests.judge import INVENTED, WRONG, count, untold
from tests.stories import story

NIGHTLY = bool(os.environ.get("GOVSTATS_NIGHTLY"))
PARTS = {
    "docx": "word/document.xml",
    "odt": "content.xml",
    "ods": "content.xml",
    "xlsx": "xl/worksheets/sheet1.xml",
}
"""The part of a zipped document that holds its tables."""
WHOLE = ("drop line", "double line", "drop cell", "double cell")
KINDS = {
    "docx": (*WHOLE, "drop characters", "swap characters"),
    "odt": (*WHOLE, "drop characters", "swap characters"),
    "xlsx": WHOLE,
    "ods": WHOLE[:2],
}
"""What is done to the XML of these. Most blows to a tag end in a refusal. A number in a sheet's source may stand for
a text or for so many columns, and only in .xlsx a cell tells its own place: what else is struck there prints other
words, or stands elsewhere."""
TEXTS = ("text", "html", "page", "mhtml", "json", "csv")
CELLS = ("html", "docx", "odt", "ods", "xlsx", "pdf")
SHAPES = {
    **dict.fromkeys(CELLS, ("plain", "one-table", "group-in-each-row", "long-labels", "lost-spaces")),
    "text": (*TEXT_SHAPES, *(f"{shape} long-labels" for shape in ("A1", "A7", "A9", "plain"))),
    # In a page from Word a figure stands in two tags: no telling from its source what a broken tag leaves of it.
    "page": tuple(shape for shape in pages.SHAPES if shape != "from-word"),
}

LIGHT = ("concise", "json")
"""The renderers that take no longer than reading; the others are tried on some documents only."""

Damage = Callable[[str, str, int, Random], Damaged]


def of_tables(container: str, shape: str, seed: int, rng: Random) -> Damaged:
    return damage.tables_damaged(story(sample("distinct", seed).figures), container, "utf-8", shape, rng)


def of_source(container: str, shape: str, seed: int, rng: Random) -> Damaged:
    document = rendered(container, shape, seed)
    if container in PARTS:
        return damage.part_damaged(document, PARTS[container], rng, KINDS.get(container, ()))
    return damage.source_damaged(document.decode(), rng)


def of_bytes(container: str, shape: str, seed: int, rng: Random) -> Damaged:
    show = damage.drawn if shape == "fields" else _SHOWN.get(container, damage.latin)
    return damage.bytes_damaged(rendered(container, shape, seed), rng, container in TEXTS, show)


_SHOWN = {"mhtml": damage.message, "html": damage.page}


def rendered(container: str, shape: str, seed: int) -> bytes:
    return CONTAINERS[container].render(story(sample("distinct", seed).figures), "utf-8", shape)


_ONCE_MORE = (
    *("zip", "pdf-unruled", "python-docx", "xlsx-sheets", "xlsx-scaled"),
    *("html-marked", "html-written", "text-dressed"),
)
"""Containers of others, or other figures in them than they print."""
LEVELS: dict[str, tuple[Damage, tuple[str, ...]]] = {
    "tables": (of_tables, ("text", "csv", "page", "mhtml", "json", *CELLS)),
    "source": (of_source, ("text", "csv", "html", "page", "json", *PARTS)),
    "bytes": (of_bytes, tuple(name for name in CONTAINERS if name not in _ONCE_MORE)),
}
RUNS = [(level, container) for level, (_, containers) in LEVELS.items() for container in containers]
EXAMPLES = 10_000 // len(RUNS) + 1 if NIGHTLY else 6


@pytest.mark.parametrize(("level", "container"), RUNS)
def test_damage_never_puts_a_figure_where_it_is_not_printed(
    level: str, container: str, record_property: Callable[[str, object], None]
) -> None:
    counts: Counter[str] = Counter()
    shapes = SHAPES.get(container, CONTAINERS[container].shapes)

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), database=None, derandomize=not NIGHTLY)
    @given(st.sampled_from(shapes), st.integers(0, 2**31))
    def run(shape: str, seed: int) -> None:
        damaged = LEVELS[level][0](container, shape, seed, Random(seed))
        counts.update(judged(damaged, seed))

    run()
    print(f"{level} of {container}: {dict(counts)}")
    record_property("cells", dict(counts))


def judged(damaged: Damaged, seed: int) -> Counter[str]:
    """The counts of one damaged document; all that must hold of it."""
    truth = sample("distinct", seed).truth
    try:
        audit = govstats.check(damaged.data)
    except ReadError:
        return Counter({"documents refused": 1})
    for name in renderers():
        if name in LIGHT or seed % 16 == 0:
            assert any(render(name, audit.entries))
    counts = Counter({"documents damaged": 1, "documents refused": len(audit.unread)})
    for audited in audit.audited:
        for name, table in audited.report.tables.items():
            assert not damaged.misplaced(table, truth), (name, seed, damaged.blows)
        assert not untold(audited), (seed, damaged.blows)
        counted = count(audited.report, truth)
        counted["as damaged"] = counted.pop(WRONG, 0) + counted.pop(INVENTED, 0)
        counts += counted
    return counts


def test_a_hole_of_zeros_joins_no_rows() -> None:
    """The middle of the file is zeros (a broken transfer): four figures of a later row end a row of seven."""
    figures = sample("distinct", 1).figures
    first, later = (list(map(str, figures["applications"][row].values())) for row in ("3.4.2", "3.5.4"))
    source = CONTAINERS["html"].render(story(figures), "utf-8", "plain")
    start, end = source.index(first[3].encode()) + 2, source.index(later[3].encode()) - len("td>")
    damaged = source[:start] + bytes(end - start) + source[end:]
    table = govstats.read(damaged).tables["applications"]
    assert table.value("3.4.2", "total") in (None, float(first[-1]))


def test_a_row_that_lacks_a_figure_is_not_taken_for_one_with_a_blank() -> None:
    """A line of text was dropped, and with it the group's cell of those below: 一 with a figure less is as long."""
    rows = (
        *("本年度 | 申请人情况", "自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计"),
        "一、本年新收政府信息公开申请数量 |  |  | 11 | 12 | 13 | 14 | 15 | 65",
        "二、上年结转政府信息公开申请数量 |  |  | 21 | 22 | 23 | 24 | 25 | 26 | 141",
        "（二）部分公开 |  | 31 | 32 | 33 | 34 | 35 | 36 | 201",
        "（七）总计 |  | 41 | 42 | 43 | 44 | 45 | 46 | 261",
        "四、结转下年度继续办理 |  |  | 51 | 52 | 53 | 54 | 55 | 56 | 321",
    )
    document = "\n".join(("某县教育局2023年政府信息公开工作年度报告", "三、收到和处理政府信息公开申请情况", *rows))
    table = govstats.read(document.encode()).tables["applications"]
    assert table.value("1", "business") is None
