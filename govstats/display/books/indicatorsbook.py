"""schemas/indicators.yaml → docs/indicators.md: what stands above and below, in which forms, and what it rests on."""

from __future__ import annotations

from govstats.catalog.indicators import Indicator, Indicators
from govstats.display.books.indicatorssql import in_sql
from govstats.display.untrusted import markdown_safe

_INTRO = """# 指标 Indicators

由 `make schemas` 从 `schemas/indicators.yaml` 生成，请勿直接修改。`report.indicators()`、
`govstats.indicators(panel, by=…)`、`govstats indicators` 按此计算；分子分母是[跨格式可比的序列](harmonised.md)，
`序列/申请人` 只取这一类申请人。

Made by `make schemas` from `schemas/indicators.yaml`; do not edit. Numerators and denominators are
[series across forms](harmonised.md); `series/applicant` takes one kind of applicant only.

- **先求和，再相除。**分组时分子、分母分别相加，从不平均比率；一个机关一年只算一份，其余计入 `repeated`。
  Sums come before ratios, never means of ratios; an agency's year counts once, further documents are `repeated`.
- **区间**：95%。分子是分母的一部分的用 Wilson 区间，不是的（每百件……）用精确 Poisson 区间。
  Intervals of 95 %: Wilson where a part of the denominator is counted, exact Poisson where it is not.
- **没有值就说原因**（`reason`）：`not_counted` 格式不统计；`incomplete` 有格缺失、空白或读不出；`zero` 分母为 0；
  `inconsistent` 分子大于分母，同一分母的其他比率也不算。未知不是零，这样的报告不进合计，计入 `left_out`。
  `<NA>` has its reason; such a report is in no sum and counted as `left_out`.
- `small`：分母不足“最小分母”，不宜排名。`breaks`：合计跨了口径变化的年份。`overlap`：组里把政府的报告和同一年
  它可能汇总在内的加在了一起，请同时按 `level`、`body` 分组。
  `small`: n is too small to rank by. `breaks`: the sum reaches over a legal break. `overlap`: a government's report is
  added to those of the same year that it may hold; group by `level` and `body` too.
- `peers`、`peers_value`：年度、级别、机关类别相同的其他各行，合并计算。
  All other rows of the same year, level and kind of body, as far as the rows tell them, taken together.
- “争议转化率”不在其中：没有找到给出它的分子、分母的文件或论文；复议、诉讼与申请之比是 `disputes_per_100`。
  争议转化率 (how many requests turn into disputes) is not among them: no notice or paper was found that defines it.
- 口径取自附表，表有错，指标也错：先 `govstats check`。 A wrong table makes wrong ratios: check first.
"""
_BREAKS = """## 口径变化 Breaks

下列年度起，与以前不可比。 From these years on, the years before are not comparable.
"""


def indicators_book(file: Indicators) -> str:
    """The page: one table, the basis of each, the breaks."""
    head = ["指标 indicator", "", "分子 above", "分母 below", "最小分母 least n", "格式 forms"]
    lines = [head, ["---"] * len(head), *map(_line, file.indicators)]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    basis = "\n".join(
        f"- `{each.key}` **{markdown_safe(each.zh)}**：{markdown_safe(each.basis.zh)}。  \n"
        f"  **{markdown_safe(each.en)}**: {markdown_safe(each.basis.en)}."
        for each in file.indicators
    )
    breaks = "\n".join(
        f"- **{each.since}** {'、'.join(_concerned(file, each.since))}：{markdown_safe(each.why.zh)}。  \n"
        f"  {markdown_safe(each.why.en)}."
        for each in file.breaks
    )
    parts = (_INTRO, table, "## 依据 Basis", basis, _BREAKS, breaks, in_sql(file.indicators))
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _line(each: Indicator) -> list[str]:
    return [
        f"`{each.key}`",
        markdown_safe(f"{each.zh} {each.en}"),
        " + ".join(f"`{term}`" for term in each.numerator),
        " + ".join(f"`{term}`" for term in each.denominator),
        str(each.least),
        ", ".join(each.forms),
    ]


def _concerned(file: Indicators, since: int) -> list[str]:
    return [f"`{each.key}`" for each in file.indicators if any(b.since == since for b in file.breaks_of(each.key))]
