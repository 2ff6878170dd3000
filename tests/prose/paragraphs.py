"""True paragraphs and the tables that they agree with, made up from the wordings of real reports; and slips in them.

`paragraph(seed)` is one paragraph with its tables; each of its figures stands in a `Told` that says of what kind it is.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any, NamedTuple

OUTCOMES = ("3.1", "3.2", "3.3.6", "3.4.1", "3.5.1", "3.6.3")
NAMES = {
    "3.1": ("予以公开", "同意公开"),
    "3.2": ("部分公开", "予以部分公开"),
    "3.3.6": ("不予公开",),
    "3.4.1": ("无法提供", "本机关不掌握等原因无法提供"),
    "3.5.1": ("不予处理",),
    "3.6.3": ("其他处理",),
}
RESULTS = (("upheld", "结果维持"), ("corrected", "结果纠正"), ("other", "其他结果"), ("pending", "尚未审结"))


class Told(NamedTuple):
    """A figure of a paragraph: its text, its value, of what kind it is."""

    text: str
    value: float
    kind: str


class Made(NamedTuple):
    """A paragraph in pieces (plain texts and figures), and its tables: rows as lists of figures."""

    pieces: tuple[str | Told, ...]
    tables: dict[str, dict[str, list[Any]]]
    kinds: tuple[str, ...]

    @property
    def text(self) -> str:
        """The paragraph."""
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)

    def figures(self) -> list[int]:
        """Where the figures stand among the pieces."""
        return [index for index, piece in enumerate(self.pieces) if isinstance(piece, Told)]

    def with_slip(self, index: int, value: int) -> Made:
        """The same with another figure in one place."""
        told = self.pieces[index]
        assert isinstance(told, Told)
        other = Told(told.text.replace(f"{told.value:g}", str(value)), value, told.kind)
        return self._replace(pieces=(*self.pieces[:index], other, *self.pieces[index + 1 :]))


def paragraph(seed: int) -> Made:
    """A paragraph on published information, requests, cases and documents, as chance has it."""
    chance = random.Random(seed)  # noqa: S311
    tables = _tables(chance)
    told: list[list[str | Told]] = []
    kinds: list[str] = []
    for kind, make in (
        ("published", _published),
        ("requests", _requests),
        ("cases", _cases),
        ("documents", _documents),
    ):
        if chance.random() < 0.7 or not told:
            told.append(list(make(chance, tables)))
            kinds.append(kind)
    pieces = tuple(piece for sentence in told for piece in sentence)
    return Made(pieces, tables, tuple(kinds))


def _tables(chance: random.Random) -> dict[str, dict[str, list[Any]]]:
    scale = chance.choice((6, 30, 200))
    outcomes = {code: chance.randint(0, scale) for code in OUTCOMES}
    handled = sum(outcomes.values())
    due = chance.choice((0, 0, chance.randint(1, scale)))
    due = min(due, handled)
    coming = chance.choice((0, 0, chance.randint(1, scale)))
    new = handled + coming - due
    persons = {code: chance.randint(0, value) for code, value in outcomes.items()}
    bodies = {code: outcomes[code] - persons[code] for code in outcomes}
    person_due, person_next = _share(chance, due), _share(chance, coming)
    rows: dict[str, list[Any]] = {code: [persons[code], bodies[code], 0, 0, 0, 0, outcomes[code]] for code in OUTCOMES}
    in_all = [sum(persons.values()), sum(bodies.values())]
    while in_all[0] + person_next - person_due < 0:
        person_due -= 1
    while in_all[1] + coming - person_next - (due - person_due) < 0:
        person_due += 1
    rows["3.7"] = [*in_all, 0, 0, 0, 0, handled]
    rows["2"] = [person_due, due - person_due, 0, 0, 0, 0, due]
    rows["4"] = [person_next, coming - person_next, 0, 0, 0, 0, coming]
    rows["1"] = [a + d - b for a, b, d in zip(rows["3.7"], rows["2"], rows["4"], strict=True)]
    assert rows["1"][-1] == new
    cases = {row: [chance.randint(0, 3) for _ in RESULTS] for row in ("review", "direct", "after_review")}
    issued, repealed = chance.randint(0, 9), chance.randint(0, 4)
    disclosure: dict[str, list[Any]] = {
        "20.1.rules": [0, 0, 0],
        "20.1.normative": [issued, repealed, issued + chance.randint(0, 40)],
        "20.5.licences": [chance.randint(0, 900)],
        "20.6.penalties": [chance.randint(0, 90)],
        "20.6.coercion": [chance.randint(0, 9)],
        "20.8.fees": [0],
    }
    if chance.random() < 0.3:  # blanks for zeros
        rows = {code: [None if value == 0 else value for value in row[:-1]] + row[-1:] for code, row in rows.items()}
    return {
        "applications": rows,
        "litigation": {row: [*values, sum(values)] for row, values in cases.items()},
        "disclosure": disclosure,
    }


def _share(chance: random.Random, value: int) -> int:
    return chance.randint(0, value)


def _figure(value: float, unit: str, kind: str) -> Told:
    return Told(f"{value:g}{unit}", value, kind)


_PUBLISHED = (
    ("通知公告", "工作动态", "政策文件", "财政信息", "人事信息", "规划计划", "其他信息"),
    ("政务动态类信息", "机构职能类", "业务工作类信息", "行政许可类信息", "其他类信息"),
    ("门户网站公开", "微信公众号公开", "政务微博公开", "其他方式公开"),
)
_LEADS = (
    "，其中",
    "，其中：",
    "。其中，",
    "，包括",
    "，包含",
    "：",
    "（其中",
    "，涵盖",
    "。在主动公开的信息中，",
    "，主要类别：",
    "，具体为",
)


def _published(chance: random.Random, tables: dict[str, Any]) -> Iterator[str | Told]:
    unit = chance.choice(("条", "条", "件", "篇"))
    names = chance.choice(_PUBLISHED)
    names = (*chance.sample(names[:-1], chance.randint(2, len(names) - 1)), *chance.choice(((), (names[-1],))))
    values = [chance.randint(1, chance.choice((9, 90, 2000))) for _ in names]
    lead, mark = chance.choice(_LEADS), chance.choice(("，", "、", "；"))
    total = sum(values)
    subject = chance.choice(
        ("2023年，我局主动公开政府信息", "全年累计公开政府信息", "本年度共发布各类信息", "主动公开政府信息共")
    )
    yield subject
    yield _figure(total, unit, "total")
    if chance.random() < 0.2 and lead not in ("：", "（其中"):
        yield chance.choice(("，比上年增加20条", "，全文电子化率达100%"))
    yield lead
    shares = chance.random() < 0.3
    for position, (name, value) in enumerate(zip(names, values, strict=True)):
        yield (mark if position else "") + name
        yield _figure(value, unit, "part")
        if shares:
            yield chance.choice(("，占", "，占比", "，占总数的"))
            yield Told(f"{value / total * 100:.2f}%", round(value / total * 100, 2), "share")
    yield "）。" if lead.startswith("（") else "。"
    if chance.random() < 0.3:
        yield chance.choice(
            ("办理人大代表建议12件、政协提案9件，办结率100%。", "受理12345热线工单35件，答复网民留言20条。")
        )


def _requests(chance: random.Random, tables: dict[str, Any]) -> Iterator[str | Told]:
    rows = tables["applications"]
    new, due, handled, coming = (int(rows[code][-1] or 0) for code in ("1", "2", "3.7", "4"))
    if new + due == 0:
        yield chance.choice(("2023年，我局未收到政府信息公开申请。", "全年收到政府信息公开申请0件。"))
        return
    yield from chance.choice((_flow, _bracket, _to_do, _plain))(chance, new, due, handled, coming)
    if handled and chance.random() < 0.8:
        yield from _outcomes(chance, rows)
    elif new == handled and chance.random() < 0.7:
        yield from _applicants(chance, rows)


def _flow(chance: random.Random, new: int, due: int, handled: int, coming: int) -> Iterator[str | Told]:
    yield chance.choice(
        ("全年新收政府信息公开申请", "2023年，我局收到政府信息公开申请", "共受理依申请公开", "收到依申请公开件")
    )
    yield _figure(new, "件", "new")
    yield chance.choice(
        ("，上年结转", "，上年度结转申请", "，结转上年度", "、上一年度结转", "，2022年结转政府信息公开申请")
    )
    yield _figure(due, "件", "due")
    yield chance.choice(("，办结", "，共办结", "；已答复", "，本年度办结", "。累计办结", "，全年完成答复"))
    yield _figure(handled, "件", "handled")
    if chance.random() < 0.5:
        yield chance.choice(
            ("，结转下年度继续办理", "，结转下年度", "，结转到2024年办理", "，转结2024年办理", "。结转下年继续办理")
        )
        yield _figure(coming, "件", "next")
    else:
        yield chance.choice(("，另有", "，剩余", "，其余"))
        yield _figure(coming, "件", "next")
        yield chance.choice(("结转下年度办理", "申请结转到下年度继续办理", "顺延到下年度答复"))
    yield "。"


def _bracket(chance: random.Random, new: int, due: int, handled: int, coming: int) -> Iterator[str | Told]:
    yield "2023年，共受理政府信息公开申请"
    yield _figure(new, "件", "new")
    yield chance.choice(("，答复", "，答复政府信息公开申请", "，办结"))
    yield _figure(handled, "件", "handled")
    yield chance.choice(("（含上年度结转", "（含上年结转申请", "（包含上年结转"))
    yield _figure(due, "件", "due")
    inside = chance.random() < 0.5
    yield "，另有" if inside else "），另有"
    yield _figure(coming, "件", "next")
    yield chance.choice(("顺延到下年度答复", "结转下年度"))
    yield "）。" if inside else "。"


def _to_do(chance: random.Random, new: int, due: int, handled: int, coming: int) -> Iterator[str | Told]:
    yield chance.choice(("全年共处理政府信息公开申请", "全年共办理政府信息公开申请"))
    yield _figure(new + due, "件", "todo")
    yield chance.choice(("（包含上年结转", "（含上年度结转申请"))
    yield _figure(due, "件", "due")
    yield "），"
    yield _figure(handled, "件", "handled")
    yield chance.choice(("已按规定在法定期限内予以答复，", "按期限答复办结，"))
    yield _figure(coming, "件", "next")
    yield chance.choice(("结转下年答复。", "结转到2024年度办理。"))


def _plain(chance: random.Random, new: int, due: int, handled: int, coming: int) -> Iterator[str | Told]:
    if chance.random() < 0.5:
        yield chance.choice(("收到政府信息公开申请", "本局新收政府信息公开申请", "共接收政府信息公开申请"))
        yield _figure(new, "件", "new")
    else:
        yield chance.choice(("办理答复政府信息公开申请", "共办理政府信息公开申请", "受理并办结政府信息公开申请"))
        yield _figure(handled, "件", "handled")
    yield "。"


def _outcomes(chance: random.Random, rows: dict[str, list[Any]]) -> Iterator[str | Told]:
    codes = [code for code in OUTCOMES if rows[code][-1] or chance.random() < 0.5]
    joined = chance.random() < 0.3 and {"3.1", "3.2"} <= set(codes)
    yield chance.choice(("已办结申请中，", "从办理结果来看，", "办理结果为", "处理结果中，", "在已答复的申请中，"))
    mark = chance.choice(("，", "、", "；"))
    first = True
    for code in codes:
        if joined and code == "3.2":
            continue
        name, value = chance.choice(NAMES[code]), rows[code][-1]
        if joined and code == "3.1":
            name, value = chance.choice(("予以公开及部分公开", "予以公开和部分公开共")), value + rows["3.2"][-1]
        yield ("" if first else mark) + name
        yield _figure(value, "件", "outcome")
        first = False
    yield "。"


def _applicants(chance: random.Random, rows: dict[str, list[Any]]) -> Iterator[str | Told]:
    person, body = rows["1"][0] or 0, rows["1"][1] or 0
    yield chance.choice(("其中，自然人申请", "其中自然人提出申请"))
    yield _figure(person, "件", "applicant")
    yield chance.choice(("，法人或其他组织申请", "，法人和其他组织申请"))
    yield _figure(body, "件", "applicant")
    yield "。"


def _cases(chance: random.Random, tables: dict[str, Any]) -> Iterator[str | Told]:
    review = tables["litigation"]["review"]
    suits = [a + b for a, b in zip(*(tables["litigation"][row] for row in ("direct", "after_review")), strict=True)]
    yield chance.choice(("因政府信息公开引起行政复议", "全年涉及政府信息公开行政复议案件", "因依申请公开引发行政复议"))
    yield _figure(review[-1], "件", "case")
    if review[-1] and chance.random() < 0.6:
        yield chance.choice(("，其中", "，", "，其中："))
        shown = [(name, value) for (_, name), value in zip(RESULTS, review, strict=False) if value]
        for position, (name, value) in enumerate(shown):
            yield ("，" if position else "") + name
            yield _figure(value, "件", "result")
    yield chance.choice(("，行政诉讼", "；政府信息公开行政诉讼", "，提起行政诉讼"))
    yield _figure(suits[-1], "件", "case")
    yield "。"


def _documents(chance: random.Random, tables: dict[str, Any]) -> Iterator[str | Told]:
    issued, repealed, in_force = tables["disclosure"]["20.1.normative"]
    yield chance.choice(("制发行政规范性文件", "本年度制定出台规范性文件", "行政规范性文件制发数"))
    yield _figure(issued, "件", "issued")
    yield chance.choice(("，废止", "，废止行政规范性文件", "，废止数量"))
    yield _figure(repealed, "件", "repealed")
    yield chance.choice(("，现行有效", "，现行有效的规范性文件", "，现行有效件数"))
    yield _figure(in_force, "件", "in_force")
    yield "。"
    if chance.random() < 0.5:
        yield chance.choice(("全年办理行政许可", "作出行政许可决定"))
        yield _figure(tables["disclosure"]["20.5.licences"][0], "件", "licences")
        yield chance.choice(("，行政处罚", "，实施行政处罚", "、作出行政处罚决定"))
        yield _figure(tables["disclosure"]["20.6.penalties"][0], "件", "penalties")
        yield "。"
