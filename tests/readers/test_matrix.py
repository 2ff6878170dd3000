"""The factory's matrix: every shape in every container, script, charset and way of printing figures.

No cell is wrong, no zero is invented, and an undamaged report of plain figures is read to the last cell. The suite
takes an even selection of at least 200 documents; with GOVSTATS_NIGHTLY=1 (`make nightly`) it takes all of them.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import pytest

import govstats
from govstats.model.audits import Audited
from govstats.text.figures import State
from tests.containers import CELLS, CHARSETS, CONTAINERS, dressed, legacy, sheets, word
from tests.dresses import uneven_break
from tests.factory import STREAM_SHAPES
from tests.figuresets import sample
from tests.judge import INVENTED, WRONG, count, untold
from tests.markings import EVERY, Marking, marked_cells
from tests.stories import SCRIPTS, Story, in_script, story

NIGHTLY = bool(os.environ.get("GOVSTATS_NIGHTLY"))
PLAIN = ("sparse", "dense", "large", "full-width")
"""Ways of printing figures that leave nothing to doubt; the fifth has gaps."""
DOUBTFUL = ("pdf-unruled",)
"""Containers in which not all can be placed."""
KINDS = (*PLAIN, "gaps")
_EVERY = 11
"""The suite takes one case in so many: coprime to the length of every axis, so that all values of all axes come up."""
_SELECTED, _WHOLE = 200, 2_000


class Case(NamedTuple):
    container: str
    shape: str
    script: str
    charset: str
    kind: str
    seed: int

    def story(self) -> Story:
        return in_script(story(sample(self.kind, self.seed).figures), self.script)

    def document(self) -> bytes:
        return CONTAINERS[self.container].render(self.story(), self.charset, self.shape)


@cache
def whole() -> tuple[Case, ...]:
    """All cases."""
    found = [
        (name, shape, script, charset, kind)
        for name, container in CONTAINERS.items()
        for shape in container.shapes
        for script in SCRIPTS
        for charset in (set(CHARSETS[script]) & set(container.charsets) if container.charsets else {"utf-8"})
        for kind in KINDS
    ]
    return tuple(Case(*each, seed) for seed, each in enumerate(sorted(found)))


def cases() -> tuple[Case, ...]:
    return whole() if NIGHTLY else whole()[::_EVERY]


def test_the_selection_holds_every_value_of_every_axis() -> None:
    selected = whole()[::_EVERY]
    assert len(selected) >= _SELECTED
    assert len(whole()) >= _WHOLE
    for axis in range(5):
        assert {case[axis] for case in selected} == {case[axis] for case in whole()}
    assert {case[:2] for case in selected} == {case[:2] for case in whole()}


@pytest.mark.parametrize("container", CONTAINERS)
def test_no_cell_is_wrong_in_any_shape(container: str, record_property: Callable[[str, object], None]) -> None:
    counts: Counter[str] = Counter()
    for case in cases():
        if case.container == container:
            counts += judged(case, case.document())
    told(container, counts, record_property)


def judged(case: Case, data: bytes) -> Counter[str]:
    """The counts of one document. Plain figures must all be there; what is not there must be told."""
    truth = sample(case.kind, case.seed).truth
    marking = marking_of(case)
    marked = marked_cells(marking(case.story())) if marking else 0
    audit = govstats.check(data)
    assert not audit.unread, (case, audit.unread)
    counts: Counter[str] = Counter()
    for audited in audit.audited:
        counted = count(audited.report, truth)
        assert not counted[WRONG] + counted[INVENTED], (case, counted)
        assert not untold(audited), (case, untold(audited))
        if marking:
            assert_marks(case, marking, audited, counted, marked)
        elif case.container in DOUBTFUL:
            pass  # what cannot be placed is told: asked above
        elif case.kind in PLAIN:
            assert counted["unreadable"] == 0, case
            expected = {"D009"} if case.shape == "noise" else set()  # it has a {{ title }} in it
            whose = {"D011", "D015"}  # whose report it is and what its prose tells of is not asked here
            assert {finding.rule for finding in audited.findings} - whose <= expected, case
        elif case.shape.partition(" ")[0] not in STREAM_SHAPES:
            assert counted["unreadable"] <= counted["exact"] // 20, (case, "a gap costs its row at most")
        counts += Counter(documents=1) + counted
    return counts


def marking_of(case: Case) -> Marking | None:
    """The marking of its figures: its shape, or the last word of it."""
    return EVERY.get(case.shape.rpartition(" ")[2])


def assert_marks(case: Case, marking: Marking, audited: Audited, counted: Counter[str], marked: int) -> None:
    """Marked figures are read as the marking says; all others are there; and what is seen is no blank."""
    blanks = sum(int(table.has_state(State.BLANK).sum()) for table in audited.report.tables.values())
    if case.kind in PLAIN:
        least, most = {"exact": (0, 0), "unreadable": (marked, marked), "either": (0, marked)}[marking.reads]
        assert least <= counted["unreadable"] <= most, (case, counted["unreadable"], marked)
        assert not blanks or not marking.is_seen, (case, blanks)
        rules = {finding.rule for finding in audited.findings}
        blank = set() if marking.is_seen else {"T304"}  # a total line may look empty
        assert rules - blank <= {"C101", "C102", "D007", "D011", "D013"}, (case, rules)


def told(name: str, counts: Counter[str], record_property: Callable[[str, object], None]) -> None:
    """Print the counts, keep them for the summary of the run, and allow no wrong cell."""
    print(f"{name}: {dict(counts)}; wrong {counts[WRONG]}, invented zero {counts[INVENTED]}")
    record_property("cells", dict(counts))
    assert counts["documents"]
    assert counts[WRONG] == 0
    assert counts[INVENTED] == 0


def test_a_table_whose_pages_differ_in_width_is_read() -> None:
    made = sample("dense", 5)
    data = CONTAINERS["page"].render(uneven_break(story(made.figures)), "utf-8", "plain")
    assert not count(govstats.read(data), made.truth)["unreadable"]


@pytest.mark.skipif(not NIGHTLY, reason="LibreOffice takes half a minute: only with GOVSTATS_NIGHTLY=1")
@pytest.mark.skipif(legacy.PROGRAM is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize(("source", "suffix"), [(".docx", ".doc"), (".docx", ".pdf"), (".xlsx", ".xls")])
def test_no_cell_is_wrong_in_what_an_office_suite_saves(
    source: str, suffix: str, record_property: Callable[[str, object], None]
) -> None:
    make = word.by_hand if source == ".docx" else sheets.one_sheet
    made = [
        Case(suffix, shape, script, "utf-8", kind, number)
        for number, (shape, script, kind) in enumerate(
            (shape, script, kind)
            for shape in CELLS
            for script in SCRIPTS
            for kind in KINDS
            if suffix != ".pdf" or kind != "large"  # it breaks figures wider than their column: nobody can tell
        )
    ]
    files = {f"{case.seed:03}{source}": make(dressed(case.story(), case.shape)) for case in made}
    results = legacy.converted(files, suffix)
    counts: Counter[str] = Counter()
    for case in made:
        counts += judged(case, results[f"{case.seed:03}"])
    told(suffix, counts, record_property)
