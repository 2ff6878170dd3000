"""Who on the roster is due for which year: filed, late, unreadable, not seen."""

from __future__ import annotations

from datetime import date

from govstats.comparison import InMemory, Roster, Unit
from govstats.comparison.duties import duties, legal_day
from govstats.comparison.filings import Entry
from tests.chronicle import histories

ROSTER = Roster(
    (
        Unit("青山县人民政府", level="县级"),
        *(Unit(f"青山县{office}", "青山县人民政府") for office in ("教育局", "水利局", "司法局")),
        Unit("青山县税务局", "青山县人民政府", due=False),
    )
).checked()


MERGED = ("青山县水利局", 2023)


def test_each_unit_is_filed_late_unreadable_or_not_seen() -> None:
    papers = histories(1, ["青山县人民政府", "青山县教育局"], range(2023, 2024))
    filings = InMemory([years[2023].report() for years in papers.values()])
    days = {0: date(2024, 3, 30), 1: date(2024, 2, 5)}
    told = {each.unit.name: each for each in duties(filings.index(), ROSTER, ["水利局2023年.pdf"], days.get)}
    assert {name: (each.state, each.days_late) for name, each in told.items()} == {
        "青山县人民政府": ("filed", 0),
        "青山县教育局": ("late", 5),
        "青山县水利局": ("unreadable", None),
        "青山县司法局": ("missing", None),
    }


def test_a_body_that_was_probably_taken_over_is_not_missing() -> None:
    report = histories(1, ["青山县教育局"], range(2023, 2024))["青山县教育局"][2023].report()
    told = {each.unit.name: each.state for each in duties([Entry.of(0, report)], ROSTER, (), {}.get, merged={MERGED})}
    assert (told["青山县水利局"], told["青山县司法局"]) == ("merged", "missing")


def test_a_file_that_was_read_and_does_not_say_whose_it_is_is_not_called_unread() -> None:
    report = histories(1, ["青山县教育局"], range(2023, 2024))["青山县教育局"][2023].report()
    nameless = [Entry(1, "青山县水利局2023年.docx", None, 2023), Entry(2, "青山县司法局2023年.pdf", None, None)]
    entries = [Entry.of(0, report), *nameless]
    told = {each.unit.name: each for each in duties(entries, ROSTER, (), {}.get, lambda number: number == 2)}
    assert told["青山县水利局"].state == "unmatched"
    assert told["青山县水利局"].path == "青山县水利局2023年.docx"
    assert told["青山县司法局"].state == "unreadable", "a scan: it was opened, and nothing was read"
    assert told["青山县人民政府"].state == "missing"


def test_governments_have_until_the_end_of_march_and_departments_until_that_of_january() -> None:
    assert legal_day(Unit("青山县人民政府"), 2023) == date(2024, 3, 31)
    assert legal_day(Unit("青山县教育局"), 2023) == date(2024, 1, 31)
