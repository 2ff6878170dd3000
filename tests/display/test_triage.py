"""Triage: the same counts, order and names for every output."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import openpyxl
import pytest
from rich.cells import cell_len

import govstats
from govstats.display.grouping import WAYS
from govstats.display.look import Look
from govstats.display.overview import grouped, overview
from govstats.display.triage import WORST, Triage, standings_in_order
from govstats.lang import Text
from govstats.model.audits import Audited, Entry, Unfiled
from govstats.model.document import PICTURED, Document
from govstats.model.finding import SEVERITIES, Finding
from govstats.model.report import Report
from govstats.model.standings import KNOWN, UNFILED, UNFILED_HEAD, UNREAD, UNREAD_HEAD
from govstats.model.tally import summarise
from govstats.renderers import render
from tests import audits

SCAN = Document("pdf", "", (), {PICTURED: "0"})


def entries() -> list[Entry]:
    """Some of each kind, the grave ones neither first nor last."""
    made = list(audits.audit())
    return made[len(made) // 2 :] + made + made[: len(made) // 2]


def test_the_worst_come_first_and_every_document_is_counted() -> None:
    triage = Triage.of(entries())
    assert triage.tally.standings.total() == len(entries())
    ranks = [lead.rank for lead in triage.worst]
    assert ranks == sorted(ranks)
    assert len(ranks) == min(WORST, triage.to_see)
    counted = [
        tuple(sum(f.severity == s for f in entry.findings) for s in SEVERITIES)
        for entry in entries()
        if isinstance(entry, Audited)
    ]
    assert triage.worst[0].severities == max(counted)


@pytest.mark.parametrize("way", WAYS)
def test_groups_add_up_to_all_findings(way: str) -> None:
    triage = Triage.of(entries())
    total = sum(sum(group.severities) for _, group in triage.groups(way))
    assert total == triage.tally.severities.total()


def test_the_order_of_reading_changes_no_count() -> None:
    one, other = Triage.of(entries()), Triage.of(reversed(entries()))
    assert one.groups("rule") == other.groups("rule")
    assert one.tally.standings == other.tally.standings


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [60, 80, 120])
def test_it_fits_one_screen(width: int, lang: str) -> None:
    told = overview(Triage.of(entries()), Look(lang=lang, width=width)).splitlines()
    assert len(told) <= 40
    assert max(map(cell_len, told)) <= width


@pytest.mark.parametrize("way", WAYS)
def test_groups_are_listed_the_gravest_first(way: str) -> None:
    triage = Triage.of(entries())
    lines = grouped(triage, way, Look(lang="zh")).splitlines()
    assert lines[1].split()[-4:] == [str(n) for n in _figures(triage, way)]


def _figures(triage: Triage, way: str) -> tuple[int, ...]:
    group = triage.groups(way)[0][1]
    return group.reports, *group.severities


def test_the_counts_are_those_of_every_other_output() -> None:
    triage = Triage.of([*entries(), audits.unread()])
    head = overview(triage, Look(lang="zh")).splitlines()[0]
    assert str(summarise(triage.tally)).startswith(f"核对了 {triage.tally.reports} 份报告")
    assert head.startswith(f"汇总：{triage.tally.reports} 份报告"), "what was not read is no report, and counted beside"


def test_a_unit_whose_file_is_there_has_filed_and_the_file_was_not_read() -> None:
    there, absent = (_unfiled(name, path) for name, path in (("甲局", "甲局2023.pdf"), ("乙局", None)))
    made = [audits.unread("甲局2023.pdf"), there, absent]
    triage = Triage.of(made)
    assert triage.tally.standings == {UNREAD: 1, UNFILED: 1}, "one file, and one that is not there"
    told = overview(triage, Look(lang="zh"))
    assert "没有读成的文件（1）\n" in told
    assert str(triage.unread[0].whose) == "甲局 2023 年"
    assert "甲局2023.pdf  这是图片。" in told, "the name of the file tells whose it is"
    assert "未见报告的单位（1）\n  2023 年：乙局\n" in told
    assert "甲局 2023 年" in _summary_sheet(made)


def test_a_scan_of_which_nothing_was_read_was_not_read_whatever_rules_are_in_use() -> None:
    (scanned,) = govstats.check(replace(audits.unverified().report, document=SCAN)).audited
    assert [finding.rule for finding in scanned.findings] == ["D012"]
    for entry in (scanned, replace(scanned, findings=())):
        triage = Triage.of([entry])
        assert entry.standing == UNREAD
        assert (triage.tally.reports, triage.to_see, triage.worst) == (0, 0, [])
        assert [each.path for each in triage.unread] == [entry.path]
        assert triage.unread[0].why.zh


def test_a_report_with_findings_of_a_baseline_alone_is_not_clean() -> None:
    known = replace(audits.faulty()[0], findings=(), suppressed=audits.faulty()[0].findings)
    assert Triage.of([known]).tally.standings == {KNOWN: 1}
    assert "0 份没有问题" in str(summarise(Triage.of([known]).tally))


@pytest.mark.parametrize("format_", ["text", "markdown", "html", "xlsx"])
def test_every_output_has_the_same_words_for_how_documents_stand(format_: str) -> None:
    made = [*entries(), audits.unread(), _unfiled("乙局", None)]
    triage = Triage.of(made)
    chunks = b"".join(map(_bytes, render(format_, made, Look(lang="zh", width=120))))
    told = "\n".join(map(str, _summary_sheet(made))) if format_ == "xlsx" else chunks.decode()
    for _, name, _ in standings_in_order(triage.tally.standings):
        assert name.zh in told
    for head, count in ((UNREAD_HEAD, triage.tally.standings[UNREAD]), (UNFILED_HEAD, triage.tally.standings[UNFILED])):
        assert head.format(n=count).zh in told


@pytest.mark.parametrize("width", [60, 80])
def test_all_of_it_fits_one_screen_with_room_for_the_prompt(width: int) -> None:
    crowd = [audits.unread(f"/某个/很长/的/文件夹/{'夹' * 30}/{n}.png") for n in range(9)]
    missing = [_unfiled(f"青山县第{n}局", None) for n in range(9)]
    told = overview(Triage.of([*entries(), *crowd, *missing]), Look(lang="zh", width=width)).splitlines()
    assert len(told) <= 38
    assert any("8.png" in line or "0.png" in line for line in told), "a file is known by the end of its path"


COUNTIES, BUREAUS = ("青山县", "白水县", "临江区"), ("教育局", "财政局", "住房和城乡建设局", "统计局")


def absent(years: range) -> list[Entry]:
    """All bureaus of all counties, none of which has filed."""
    return [_unfiled(f"{county}{bureau}", None, year) for county in COUNTIES for bureau in BUREAUS for year in years]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_all_who_have_not_filed_are_on_the_screen_the_latest_year_first(lang: str) -> None:
    made = [*entries(), *absent(range(2021, 2025))]
    told = overview(Triage.of(made), Look(lang=lang, width=80))
    assert len(told.splitlines()) <= 38
    assert "more\n" not in told
    assert "另有" not in told
    assert told.index("2024") < told.rindex("2023") < told.rindex("2022") < told.rindex("2021")
    for bureau in BUREAUS:
        assert told.count(bureau) >= 4 * len(COUNTIES), "each county's, each year"


def test_neighbours_of_one_place_name_it_once_and_a_lone_one_in_full() -> None:
    made = [_unfiled(name, None) for name in ("青山县教育局", "青山县财政局", "白水县统计局", "市教育局")]
    told = overview(Triage.of(made), Look(lang="zh", width=80))
    assert "  2023 年：青山县（教育局、财政局）、白水县统计局、市教育局\n" in told


def test_who_has_no_room_on_the_screen_is_counted() -> None:
    made = absent(range(2000, 2025))
    lines = overview(Triage.of(made), Look(lang="zh", width=80)).splitlines()
    assert len(lines) <= 38
    (more,) = (line for line in lines if "另有" in line)
    named = sum(line.count(bureau) for line in lines for bureau in BUREAUS)
    assert more.strip() == f"… 另有 {len(made) - named} 个"


@pytest.mark.parametrize("format_", ["markdown", "html", "xlsx"])
def test_no_output_leaves_out_in_silence_who_has_not_filed(format_: str) -> None:
    made = absent(range(2000, 2025))
    if format_ == "xlsx":
        told = "\n".join(map(str, _summary_sheet(made)))
    else:
        told = b"".join(map(_bytes, render(format_, made, Look(lang="zh")))).decode()
    assert "2024 年（12）" in told
    assert all(told.count(bureau) >= len(made) // 4 or "另有" in told for bureau in BUREAUS)


def test_at_a_narrow_terminal_rules_are_told_by_their_codes() -> None:
    told = overview(Triage.of(entries()), Look(lang="zh", width=60))
    leads = [line for line in told.splitlines() if line.startswith("  错误 ")]
    assert leads
    assert all(re.search("[A-Z]\\d{3}", line) for line in leads), "a code is told whole where its name has no room"


def test_few_reports_and_many_who_have_not_filed_are_all_told() -> None:
    made = [*audits.clean(), *absent(range(2021, 2023))]
    told = "".join(map(str, render("text", made, Look(lang="zh"))))
    assert all(f"{county}{bureau}" in told for county in COUNTIES for bureau in BUREAUS)


def _unfiled(agency: str, path: str | None, year: int = 2023) -> Unfiled:
    report = Report("名单.csv", "", agency, year, None, {}, Document("roster", "", ()))
    return Unfiled(report, (Finding("R702", "not-filed", "warning", Text("", ""), Text("", ""), other=path),))


def _summary_sheet(made: list[Entry]) -> list[object]:
    book = openpyxl.load_workbook(io.BytesIO(b"".join(map(_bytes, render("xlsx", made)))))
    return [cell.value for row in book["汇总"] for cell in row]


def _bytes(chunk: str | bytes) -> bytes:
    return chunk if isinstance(chunk, bytes) else chunk.encode()
