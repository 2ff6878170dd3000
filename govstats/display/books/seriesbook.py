"""The mapping of schemas/harmonised.yaml → docs/harmonised.md: what is the same in which forms, and what is not."""

from __future__ import annotations

from collections.abc import Iterable

from govstats.catalog.formats import Format
from govstats.catalog.series import Harmonised, Series
from govstats.display.untrusted import markdown_safe

_INTRO = """# 跨格式可比的数 Series across forms

由 `make schemas` 从 `schemas/harmonised.yaml` 生成，请勿直接修改。`report.harmonised()` 按此表取数；没有列出格的格式为
`<NA>`，和式中有一格不是数（空白、符号、读不出）也是 `<NA>`。列为 `*` 表示按申请人分列，行中的 `*` 表示各行之和。

Made by `make schemas` from `schemas/harmonised.yaml`; do not edit. `report.harmonised()` takes its figures by this
table; a form without cells is `<NA>`, and so is a sum of which one cell holds no figure. `*` as the column: a column
for each kind of applicant; in the row: the sum of the rows.
"""
_BREAKS = """## 断点 Breaks

自下列年度起，序列与以前不可比。 From these years on series are not comparable with the years before.
"""
_APART = """## 看似可比而不可比 Alike, and not comparable

下列各数不在任何序列中。 These are in no series.
"""


def series_book(mapping: Harmonised, formats: Iterable[Format]) -> str:
    """The page: one table of the series and their cells, the reasons of each, and what looks alike."""
    names = [each.name for each in formats]
    head = ["序列 series", "", *names]
    lines = [head, ["---"] * len(head), *(_line(each, names) for each in mapping.series)]
    reasons = "\n\n".join(_reasons(each) for each in mapping.series)
    apart = "\n".join(
        f"- **{_text(each.zh)}**：{_text(each.why.zh)}。  \n  **{_text(each.en)}**: {_text(each.why.en)}."
        for each in mapping.apart
    )
    breaks = "\n".join(
        f"- **{each.since}** {'、'.join(f'`{key}`' for key in each.series)}: {_text(each.why.zh)}。  \n"
        f"  {_text(each.why.en)}."
        for each in mapping.breaks
    )
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return (
        "\n\n".join(
            part.strip("\n") for part in (_INTRO, table, "## 理由 Reasons", reasons, _BREAKS, breaks, _APART, apart)
        )
        + "\n"
    )


def _line(series: Series, names: list[str]) -> list[str]:
    cells = []
    for name in names:
        origin = series.origin(name)
        cells.append(" + ".join(f"`{cell}`" for cell in origin.cells) if origin else "")
    return [f"`{series.key}`", _text(f"{series.zh} {series.en}"), *cells]


def _reasons(series: Series) -> str:
    told = [(each.forms, each.why, "") for each in series.origins]
    told += [(each.forms, each.why, "`<NA>` ") for each in series.absent]
    lines = [f"**`{series.key}`** {_text(series.zh)} {_text(series.en)}", ""]
    lines += [f"- {'、'.join(forms)}: {mark}{_text(why.zh)}。{_text(why.en)}." for forms, why, mark in told]
    return "\n".join(lines)


def _text(text: str) -> str:
    return markdown_safe(text)
