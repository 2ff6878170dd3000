"""The arithmetic of a claim in words: 其中 47 + 30 + 5 = 82，写的是 81，多 1."""

from __future__ import annotations

from collections.abc import Sequence

from govstats.lang import Text
from govstats.model.claim import Quantity
from govstats.model.finding import number
from govstats.model.forms import CellKey
from govstats.model.table import Table
from govstats.model.wording import cell_name
from govstats.prose.changes import Change
from govstats.prose.ratios import fits

_SHOWN = 12
_NAMED = 3
_NOTHING = 0.000001
_REASONS = {
    "above": Text("分项之和大于总数。", "The parts make more than the total."),
    "below": Text("可能只列了一部分。", "Perhaps only some are listed."),
    "rest": Text("最后一项兜底，应当列全。", "The last part gathers all others, so the list should be complete."),
    "form": Text(
        "办理结果列到了最后一项，应当列全。", "The results are listed to the last, so they should be complete."
    ),
    "applicants": Text("自然人与法人或其他组织应为全部申请人。", "Persons and bodies are all applicants."),
    "years": Text("新收与上年结转应为全部。", "What was received and what was carried over are all there is."),
    "nouns": Text("分项正是总数所说的各类，应当列全。", "The parts are all that the total speaks of."),
    "total": Text("合计应等于各项之和。", "A grand total is the sum of its parts."),
    "overlap": Text(
        "前几项已等于总数，后面的一项可能与它们重叠。", "The first parts make the total; the last may overlap them."
    ),
    "ways": Text(
        "不同渠道公开相同信息计1条，各渠道之和可以大于总数。",
        "What is published in several ways counts once: the ways may make more than the total.",
    ),
    "far": Text("相差太多，也可能分项不是这个总数的。", "They are far apart: the parts may well be of another total."),
    "again": Text("分项正好是前面说过的办结数。", "The parts make what was told before to have been handled."),
    "scale": Text("数字相同而差几个零，可能是“万”多写或少写。", "The digits agree; a 万 or some zeros may be wrong."),
    "left": Text("其余的比全部还多。", "What is left is more than there was."),
    "holdings": Text(
        "年初数加增加的应等于减少的加年末数。", "What there was and what came equal what went and what there is."
    ),
    "flow": Text("新收加上年结转应等于办结加结转下年度。", "Received and carried over equal handled and carried on."),
}


def reason(name: str) -> Text:
    """Why it is said, in a sentence; empty if the arithmetic says it all."""
    return _REASONS.get(name, Text("", ""))


def plain(value: float) -> str:
    """1938.0 → `1938`, 12.50 → `12.5`."""
    return str(number(round(value, 4)))


def of_sum(parts: Sequence[float], total: float, made: Sequence[float] = ()) -> Text:
    """Parts, their sum, the total as printed, the difference; `made`: the figures that make a total printed nowhere."""
    shown = [plain(value) for value in parts[:_SHOWN]] + (["…"] if len(parts) > _SHOWN else [])
    value = round(sum(parts), 6)
    gap = plain(abs(value - total))
    left = f"{' + '.join(shown)} = {plain(value)}" if len(shown) > 1 else plain(value)
    more, printed = value > total, _making(total, made) + plain(total)
    return Text(
        f"{left}，写的是 {printed}，{'多' if more else '少'} {gap}",
        f"{left}, printed as {printed}, {gap} {'more' if more else 'less'}",
    )


def _making(total: float, made: Sequence[float]) -> str:
    """`40 + 3 = ` before 43, `40 - 3 = ` before 37; empty before what one figure says."""
    if len(made) < 2:
        return ""
    if abs(sum(made) - total) < _NOTHING:
        return f"{' + '.join(plain(value) for value in made)} = "
    first, *others = sorted(made, reverse=True)
    if abs(first - sum(others) - total) < _NOTHING:
        return f"{' - '.join(plain(value) for value in (first, *others))} = "
    return ""


def of_all(shares: Sequence[float]) -> Text:
    """90% + 20% = 110%，超过 100%."""
    left = f"{' + '.join(f'{plain(share)}%' for share in shares)} = {plain(round(sum(shares), 4))}%"
    return Text(f"{left}，超过 100%", f"{left}, more than 100%")


def of_more_than_all(share: float) -> Text:
    """120%，超过 100%."""
    return Text(f"{plain(share)}%，超过 100%", f"{plain(share)}%, more than 100%")


def of_part(part: float, total: float) -> Text:
    """其中的 30 多于总数 24."""
    return Text(
        f"其中的 {plain(part)} 大于总数 {plain(total)}",
        f"{plain(part)} of them are more than the total, {plain(total)}",
    )


def of_share(percent: Quantity, part: float, whole: float | None) -> Text:
    """43 ÷ 50 = 86%，写的是 89%."""
    if not whole:
        return Text(
            f"没有一个总数能使这些百分比同时成立（{plain(part)} 占 {plain(percent.value)}%）",
            f"No total makes these percentages hold together ({plain(part)} as {plain(percent.value)}%)",
        )
    share = plain(round(part / whole * 100, 2))
    left = f"{plain(part)} ÷ {plain(whole)} = {share}%"
    return Text(f"{left}，写的是 {plain(percent.value)}%", f"{left}, printed as {plain(percent.value)}%")


def of_multiple(times: float, new: float, old: float, *, grew: bool) -> Text:
    """125 ÷ 50 = 2.5，写的是 3.5 倍; (125 − 50) ÷ 50 = 1.5，写的是增长 3.5 倍."""
    if grew:
        left = f"({plain(new)} - {plain(old)}) ÷ {plain(old)} = {plain(round((new - old) / old, 2))}"
        return Text(f"{left}，写的是增长 {plain(times)} 倍", f"{left}, printed as {plain(times)} times more")
    left = f"{plain(new)} ÷ {plain(old)} = {plain(round(new / old, 2))}"
    return Text(f"{left}，写的是 {plain(times)} 倍", f"{left}, printed as {plain(times)} times")


def of_change(change: Change, told: Quantity) -> Text:
    """(500 − 400) ÷ 400 = 25%，写的是 35%."""
    high, low = max(change.before, change.after), min(change.before, change.after)
    if change.kind == "difference":
        left = f"{plain(high)} - {plain(low)} = {plain(high - low)}"
        return Text(f"{left}，写的是 {plain(told.value)}", f"{left}, printed as {plain(told.value)}")
    if change.before and fits(told, high - low, change.before):
        before, after = plain(change.before), plain(change.after)
        more = change.after > change.before
        return Text(
            f"从 {before} 到 {after} 是{'增加' if more else '减少'}，写的是{'减少' if more else '增加'}",
            f"From {before} to {after} is {'more' if more else 'less'}, printed as {'less' if more else 'more'}",
        )
    rate = plain(round((high - low) / change.before * 100, 2)) if change.before else "?"
    left = f"({plain(high)} - {plain(low)}) ÷ {plain(change.before)} = {rate}%"
    return Text(f"{left}，写的是 {plain(told.value)}%", f"{left}, printed as {plain(told.value)}%")


def of_no_base(rate: Quantity, now: float) -> Text:
    """没有一个整数能增长 261% 而成 60."""
    below = max(1, int(now / (1 + rate.value / 100)))
    shown = [f"{plain(base)} → {plain(round((now - base) / base * 100, 2))}%" for base in (below, below + 1)]
    return Text(
        f"上年没有一个整数增长 {plain(rate.value)}% 后是 {plain(now)}（{'，'.join(shown)}）",
        f"No whole number of last year grows by {plain(rate.value)}% to {plain(now)} ({', '.join(shown)})",
    )


def of_share_of_cells(
    cells: Sequence[CellKey], percent: Quantity, part: float, whole: float, tables: dict[str, Table]
) -> Text:
    """表中“…”行“总计”列是 275，275 ÷ 658 = 41.79%，写的是 67%."""
    held, share = _named(cells, tables), of_share(percent, part, whole)
    return Text(f"表中{held.zh}是 {plain(part)}，{share.zh}", f"In the table {held.en} is {plain(part)}; {share.en}")


def of_cells(cells: Sequence[CellKey], value: float, expected: float, tables: dict[str, Table]) -> Text:
    """表中“…”行“总计”列是 3，正文写的是 2."""
    held = _named(cells, tables)
    return Text(
        f"表中{held.zh}是 {plain(expected)}，正文写的是 {plain(value)}",
        f"In the table {held.en} is {plain(expected)}, the prose says {plain(value)}",
    )


def _named(cells: Sequence[CellKey], tables: dict[str, Table]) -> Text:
    """The cells by their rows and columns; of many the first few, and how many they are."""
    names = [
        cell_name(tables[cell.table].form, tables[cell.table].form.position(cell.row, cell.column)) for cell in cells
    ]
    shown, more = names[:_NAMED], len(names) > _NAMED
    zh = " + ".join(name.zh for name in shown) + (f" + … 共 {len(names)} 格" if more else "")
    en = " + ".join(name.en for name in shown) + (f" + … {len(names)} cells" if more else "")
    return Text(zh, en)
