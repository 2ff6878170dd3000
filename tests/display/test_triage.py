"""Triage: the same counts, order and names for every output."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from govstats.display.look import Look
from govstats.display.overview import grouped, overview
from govstats.display.triage import WAYS, WORST, Triage
from govstats.model.audits import Audited, Entry
from govstats.model.finding import SEVERITIES
from tests import audits


def entries() -> list[Entry]:
    """Some of each kind, the grave ones neither first nor last."""
    made = list(audits.audit())
    return made[len(made) // 2 :] + made + made[: len(made) // 2]


def test_the_worst_come_first_and_every_document_is_counted() -> None:
    triage = Triage.of(entries())
    assert triage.standings.total() == len(entries())
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
    assert one.standings == other.standings


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
