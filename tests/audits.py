"""Audits to look at: the shipped samples, reports with known faults, a hostile one, what cannot be read; and many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import numpy as np

import govstats
from govstats.catalog.rules import known_rules
from govstats.display.books.examples import example_compared, example_reports
from govstats.errors import ReadError
from govstats.lang import Text
from govstats.model.audits import Audited, Entry, Unfiled, Unread
from govstats.model.document import Document
from govstats.model.report import Report
from tests import factory, slips

HOSTILE = (
    '<script>document.title="owned"</script>',
    '"><img src=x onerror="document.title=\'owned\'">',
    '=HYPERLINK("http://evil.example";"x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "' onmouseover='x",
    "{{ 7*7 }}{% raw %}",
    "a\x00b\x1b[31mc\u202ed\ufffee",
)
"""Names that are no names."""

_SLIPS = (
    slips.zeroed(slips.AT[slips.TOTAL_ROW]),
    slips.wrong_cells(1),
    slips.wrong_cells(2),
    slips.carried,
    slips.columns_shifted,
    slips.wrong_cells(5),
)


@cache
def faulty() -> tuple[Audited, ...]:
    """A report for each of some slips, with a figure in words, a mark for a zero and a claim that does not hold."""
    rng = np.random.default_rng(5)
    made = []
    for number, slip in enumerate(_SLIPS):
        vectors = factory.random_valid(rng, 0.4)
        printed = slip(rng, vectors["applications"])
        assert printed is not None
        figures = factory.as_figures({**vectors, "applications": printed})
        figures["litigation"]["review"]["upheld"] = "约3"
        figures["disclosure"]["20.1.normative"]["issued"] = "—"
        page = factory.document(figures, title=f"某市教育局{2018 + number}年政府信息公开工作年度报告")
        page = page.replace(
            "本年度共发布信息12条。", "本年度共发布信息12条,其中通知公告8条、工作动态5条、其他信息4条。"
        )
        made += govstats.check(page).audited
    return tuple(made)


@cache
def clean() -> tuple[Audited, ...]:
    """The shipped samples without findings."""
    return tuple(each for each in govstats.audit(govstats.samples(), jobs=0).audited if not each.findings)


def unverified() -> Audited:
    """A report without findings in which nothing was verified, as a selection of rules may leave it."""
    (entry,) = govstats.check("某局2023年政府信息公开工作年度报告\n一、总体情况\n公开情况良好。\n").audited
    return replace(entry, findings=())


def unread(path: str = "扫描件.png") -> Unread:
    """A document that could not be read."""
    return Unread(
        path, ReadError(Text("这是图片。", "This is a picture."), Text("请提供文字版。", "Ask for the text."))
    )


def hostile() -> Iterator[Entry]:
    """Reports whose agency, path, labels and cells are attacks."""
    for number, attack in enumerate(HOSTILE):
        entry = faulty()[number % len(faulty())]
        tables = {
            name: replace(
                table,
                labels=dict.fromkeys(table.labels, attack),
                raws=tuple(attack if number % 2 else raw for raw in table.raws),
            )
            for name, table in entry.report.tables.items()
        }
        findings = tuple(
            replace(each, message=Text(f"“{attack}”：{attack}", f"“{attack}”: {attack}"), hint=Text(attack, attack))
            for each in entry.findings
        )
        report = replace(entry.report, agency=attack, path=attack, tables=tables)
        yield replace(entry, given=report, findings=findings)
        yield Unread(attack, ReadError(Text(attack, attack), Text(attack, attack)))


def of_every_rule() -> Iterator[Audited]:
    """The failing examples of all rules: every kind of finding, in every form that has one."""
    for rule in known_rules().values():
        for example in rule.examples.fails:
            reports = example_reports(example)
            for each in example_compared(example):
                nothing = Report("名单.csv", "", each.agency, each.year, None, {}, Document("roster", "", ()))
                found = (each.finding,) if each.finding else ()
                yield Unfiled(nothing, found) if each.number is None else Audited(reports[each.number], found)


def audit() -> list[Entry]:
    """One of each kind."""
    return [*faulty(), *clean(), unverified(), unread()]


def many(findings: int) -> Iterator[Audited]:
    """Reports with so many findings in all, each of another office."""
    told = number = 0
    while told < findings:
        for entry in faulty():
            number += 1
            told += len(entry.findings)
            report = replace(entry.report, agency=f"某省某市第{number}局", path=f"/data/某市/第{number}局/2023.html")
            yield replace(entry, given=report)
