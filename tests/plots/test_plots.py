"""Plots draw the figures that were given, and nothing where there is none."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest

import govstats
from govstats import panels, plots
from govstats.catalog.indicators import indicators
from govstats.errors import ReadError, UsageError
from govstats.lang import Text
from govstats.model.audits import Audit, Audited, Unread
from govstats.model.report import Report
from govstats.plots import drawing, fonts
from govstats.plots.funnel import limits, outside, together
from govstats.plots.outcomes import groups_of
from tests.chronicle import histories
from tests.factory import FORMAT, random_valid
from tests.made import report_of, table_of

matplotlib: Any = pytest.importorskip("matplotlib", reason="matplotlib (govstats[plot]) is not installed")
matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402 - after the backend is chosen

APPLICATIONS = FORMAT.tables["applications"]
KINDS = list(APPLICATIONS.columns)[:-1]
HAS_FONT = bool(fonts.installed())


@pytest.fixture(autouse=True)
def _closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Figures are closed in the end; without a Chinese font what is drawn is tested all the same."""
    if not HAS_FONT:
        monkeypatch.setattr(drawing, "families", lambda texts: list(texts)[:0])
    yield
    pyplot.close("all")


def sample(name: str) -> Report:
    return govstats.read(next(path for path in govstats.samples() if name in path.name))


def made(seed: int = 1, **changes: object) -> Report:
    report = report_of(applications=table_of("applications", random_valid(np.random.default_rng(seed))["applications"]))
    return replace(report, **changes)  # type: ignore[arg-type]


def lacking(*cells: tuple[str, str], seed: int = 1) -> pd.DataFrame:
    """An applications frame in which some cells hold no figure."""
    frame = made(seed).applications.copy()
    for row, column in cells:
        frame.loc[row, column] = pd.NA
    return frame


def bars(ax: Any) -> list[tuple[float, float, float]]:
    """start, width, height of line of every bar, left to right as drawn."""
    return [(bar.get_x(), bar.get_width(), round(bar.get_y() + bar.get_height() / 2)) for bar in ax.patches]


def written(ax: Any) -> list[str]:
    """All that is written on an Axes."""
    from matplotlib.text import Text as Written

    return [text for each in ax.findobj(Written) if (text := each.get_text())]


# outcomes


@pytest.mark.parametrize("seed", range(5))
def test_outcomes_are_the_sums_of_their_rows_side_by_side(seed: int) -> None:
    report = made(seed)
    drawn = bars(plots.outcomes(report))
    groups = groups_of(APPLICATIONS)
    assert set(groups) == {"3.1", "3.2", "3.3", "3.4", "3.5", "3.6"}
    expected = report.applications
    at = 0
    ends = [0.0] * len(KINDS)
    for rows in groups.values():
        for line, kind in enumerate(KINDS):
            assert drawn[at] == (ends[line], expected.loc[rows, kind].sum(), line)
            ends[line] += drawn[at][1]
            at += 1
    assert ends == expected.loc["3.7", KINDS].to_list()


def test_shares_make_a_hundred_where_there_is_anything() -> None:
    report = made(2)
    sums = dict.fromkeys(range(len(KINDS)), 0.0)
    for _, width, line in bars(plots.outcomes(report, share=True)):
        sums[line] += width
    for line, kind in enumerate(KINDS):
        assert sums[line] == pytest.approx(100 if report.applications.loc["3.7", kind] else 0)


def test_a_group_without_all_its_figures_is_not_drawn_and_has_a_mark() -> None:
    frame = lacking(("3.3.4", "natural_person"))
    ax = plots.outcomes(frame)
    refused = [bar for bar in bars(ax)[2 * 6 : 3 * 6] if bar[2] == 0]
    assert refused[0][1] == 0
    known = int(
        frame.loc[
            [code for code in frame.index if code[:2] == "3." and code[:3] not in {"3.3", "3.7"}], "natural_person"
        ].sum()
    )
    assert f"{known}？" in written(ax)
    assert any("没有数字" in text for text in written(ax))
    assert not any("没有数字" in text for text in written(plots.outcomes(made())))


# flow


def test_a_flow_that_balances_ends_at_nothing() -> None:
    report = made(3)
    steps = bars(plots.flow(report))
    total = report.applications["total"]
    assert [width for _, width, _ in steps[:3]] == [total["2"], total["1"], total["1"] + total["2"]]
    groups = [total[rows].sum() for rows in groups_of(APPLICATIONS).values()]
    assert [width for _, width, _ in steps[3:]] == [*groups, total["4"]]
    assert steps[-1][0] == 0
    assert all(start == pytest.approx(before[0] - width) for before, (start, width, _) in pairwise(steps[3:]))


def test_a_flow_that_does_not_balance_says_by_how_much() -> None:
    frame = made(3).applications.copy()
    frame.loc["1", "total"] += 5
    assert any("相差 5 件" in text for text in written(plots.flow(frame)))
    assert not any("相差" in text for text in written(plots.flow(made(3))))


def test_a_printed_total_that_is_not_the_sum_is_told() -> None:
    assert any("印作 0，各项结果合计 81" in text for text in written(plots.flow(sample("zhaotong"))))


def test_a_step_without_a_figure_has_no_bar_and_nothing_is_said_to_balance() -> None:
    ax = plots.flow(lacking(("4", "total"), ("3.5.2", "total")))
    assert len(bars(ax)) == 8, "ten steps, two of them unknown"
    assert written(ax).count("无数字") == 2
    assert any("收支无法核对" in text for text in written(ax))


# reasons


def test_reasons_are_sorted_and_unknown_ones_come_last_without_a_bar() -> None:
    frame = lacking(("3.3.2", "total"))
    ax = plots.reasons(frame)
    widths = [width for _, width, _ in bars(ax)]
    assert widths == sorted(frame.loc["3.3.1":"3.3.8", "total"].dropna().astype(float), reverse=True)
    assert [label.get_text() for label in ax.get_yticklabels()][-1] == "其他法律行政法规禁止公开"
    (unknown,) = [text for text in ax.texts if text.get_text() == "无数字"]
    low, high = sorted(ax.get_ylim())
    assert low + 0.4 < unknown.get_position()[1] < high - 0.4, "it stands within the axes"


def test_reasons_of_many_reports_are_added_up_and_what_lacks_is_counted() -> None:
    papers = histories(5, ["甲局", "乙局", "丙局"], range(2021, 2024))
    reports = [paper.report() for years in papers.values() for paper in years.values()]
    papers["甲局"][2021].blanks.append(("applications", "3.3.4", "total"))
    reports[0] = papers["甲局"][2021].report()
    expected = sum(
        (each.applications["total"].fillna(0) for each in reports[1:]), reports[0].applications["total"].fillna(0)
    )
    drawn = sorted(width for _, width, _ in bars(plots.reasons(reports)))
    assert drawn == sorted(expected.loc["3.3.1":"3.3.8"].astype(float))
    again = plots.reasons([*reports, *reports])
    assert sorted(width for _, width, _ in bars(again)) == drawn, "a document told twice counts once"
    assert any("另有 1 份没有数字" in text for text in written(again))


def test_documents_that_disagree_are_not_added_up() -> None:
    one, other = made(1), made(2)
    ax = plots.reasons([one, other])
    assert any("某局 2023" in text for text in written(ax))
    differs = (one.applications["total"] != other.applications["total"]).loc["3.3.1":"3.3.8"]
    assert len(bars(ax)) == (~differs).sum()


def test_reasons_below_another_group_and_nowhere() -> None:
    assert len(bars(plots.reasons(made(), under="3.4"))) == 3
    before = pyplot.get_fignums()
    with pytest.raises(UsageError, match=r"9\.9"):
        plots.reasons(made(), under="9.9")
    assert pyplot.get_fignums() == before, "nothing half drawn stays open"


# trend


def lines(ax: Any) -> dict[str, list[float]]:
    """Label → heights, NaN where there is a gap."""
    return {line.get_label(): [float(value) for value in line.get_ydata()] for line in ax.get_lines()}


def years_of(ax: Any) -> list[int]:
    return [int(each) for each in ax.get_lines()[0].get_xdata()]


def received(report: Report) -> int:
    return int(report.applications.loc["1", "total"])


def test_a_year_without_a_report_is_a_gap_and_not_a_zero() -> None:
    reports = [made(year, year=year, agency="甲局") for year in (2021, 2022, 2025)]
    ax = plots.trend(reports)
    assert years_of(ax) == [2021, 2022, 2023, 2024, 2025]
    figures = lines(ax)["甲局"]
    assert [figures[at] for at in (0, 1, 4)] == [received(each) for each in reports]
    assert np.isnan([figures[2], figures[3]]).all()
    assert any("断开" in text for text in written(ax))
    assert not any("断开" in text for text in written(plots.trend(reports[:2])))


def test_a_cell_without_a_figure_is_a_gap_too() -> None:
    papers = histories(6, ["甲局"], range(2021, 2024))["甲局"]
    papers[2022].blanks.append(("applications", "4", "total"))
    reports = [paper.report() for paper in papers.values()]
    figures = lines(plots.trend(reports, "applications/4/total"))["甲局"]
    assert [np.isnan(each) for each in figures] == [False, True, False]


def test_reports_audits_and_panels_give_the_same_lines() -> None:
    paths = govstats.samples()
    reports = [govstats.read(path) for path in paths]
    expected = lines(plots.trend(reports))
    made_tables = panels.tables(paths, jobs=0)
    for data in (govstats.audit(paths, jobs=0), iter(reports), made_tables["series"]):
        np.testing.assert_equal(lines(plots.trend(data)), expected)
    by_cell = lines(plots.trend(reports, "applications/1/total"))
    np.testing.assert_equal(by_cell, expected)
    np.testing.assert_equal(lines(plots.trend(made_tables["panel"], "applications/1/total")), expected)


def test_documents_that_disagree_are_a_gap_and_told() -> None:
    reports = [made(1, year=2021), made(2, year=2022), made(3, year=2022, path="other"), made(4, year=2023)]
    ax = plots.trend(reports)
    assert np.isnan(lines(ax)["某局"][1])
    assert any("某局 2022" in text for text in written(ax))


def test_of_many_agencies_the_largest_are_drawn_and_the_others_counted() -> None:
    reports = [made(number, agency=f"{number}局") for number in range(12)]
    ax = plots.trend([*reports, made(1, agency=None)], most=5)
    largest = sorted(map(received, reports), reverse=True)[:5]
    assert sorted((each[0] for each in lines(ax).values()), reverse=True) == largest
    assert any("另有 7 个机关没有画" in text.replace("\n", "") for text in written(ax))
    assert any("有 1 份报告不知道机关" in text for text in written(ax))


@pytest.mark.parametrize("data", [[], pd.DataFrame({"a": [1]})])
def test_a_trend_of_nothing_is_refused(data: Any) -> None:
    with pytest.raises(UsageError):
        plots.trend(data)
    with pytest.raises(UsageError, match="weather"):
        plots.trend([made()], "weather")


# findings


def audit_of(*rules: tuple[str, str, int]) -> Audit:
    """An audit with so many findings of a rule for an agency."""
    (entry,) = govstats.check(sample("zhaotong")).audited
    finding = entry.findings[0]
    return Audit(
        tuple(Audited(made(agency=agency), (replace(finding, rule=rule),) * count) for agency, rule, count in rules)
    )


def test_findings_are_counted_by_rule_and_agency() -> None:
    audit = audit_of(("甲局", "T301", 2), ("乙局", "T301", 1), ("甲局", "C101", 3))
    audit = Audit((*audit.entries, Unread("x", ReadError(Text("空", "empty")))))
    for data in (audit, audit.to_frame()):
        ax = plots.findings_map(data)
        assert [label.get_text() for label in ax.get_yticklabels()] == ["甲局", "乙局"]
        assert [label.get_text().split("\n")[0] for label in ax.get_xticklabels()] == ["C101", "T301"]
        counts = {(text.get_position()): text.get_text() for text in ax.texts}
        assert counts == {(0.5, 0.5): "3", (1.5, 0.5): "2", (1.5, 1.5): "1"}
        assert any("另有 1 个文件没有读成" in text for text in written(ax))


def test_agencies_beyond_the_most_stand_together() -> None:
    audit = audit_of(*((f"{number:02}局", "T301", 30 - number) for number in range(30)))
    ax = plots.findings_map(audit, most=4)
    assert [label.get_text() for label in ax.get_yticklabels()][-1] == "其余 26 个机关"
    assert ax.texts[-1].get_text() == str(sum(range(1, 27)))


def test_an_audit_without_findings_is_a_map_that_says_so() -> None:
    assert "没有发现问题" in written(plots.findings_map(Audit(())))


# any table


def test_a_table_with_totals_has_stacked_bars_and_tells_of_wrong_ones() -> None:
    suqian = sample("suqian-2023").litigation
    ax = suqian.gov.plot()
    assert sum(width for _, width, _ in bars(ax)) == suqian["total"].sum()
    wrong = suqian.copy()
    wrong.loc["review", "total"] += 1
    assert any("印作 441" in text for text in written(wrong.gov.plot()))


def test_any_other_table_has_a_bar_for_each_count() -> None:
    report = sample("suqian-2023")
    frame = report.disclosure.copy()
    frame.loc["20.6.coercion", "decisions"] = pd.NA
    ax = frame.gov.plot()
    assert [width for _, width, _ in bars(ax)] == [2, 0, 11, 109, 489, 597, 1808595, 2822652]
    assert "无数字" in written(ax)
    assert any("本年收费金额" in text for text in written(ax)), "amounts are in another unit"


def test_the_accessor_draws_what_suits_the_table() -> None:
    assert "办理结果，按申请人" in made().applications.gov.plot().get_title(loc="left")
    assert "到哪里去" in made().applications.gov.plot("flow").get_title(loc="left")
    with pytest.raises(UsageError, match="weather"):
        made().applications.gov.plot("weather")
    with pytest.raises(UsageError, match="applications"):
        sample("zhaotong").litigation.gov.plot("flow")


# funnel

DISCLOSED = next(each for each in indicators().indicators if each.key == "disclosed")
REVIEWS = next(each for each in indicators().indicators if each.key == "reviews_per_100")


def ratios_of(*rows: tuple[str, int, int], what: str = "disclosed", per: int = 1) -> pd.DataFrame:
    """What `govstats.indicators` gives for agencies with a numerator and a denominator; n 0 has no value."""
    frame = pd.DataFrame(rows, columns=["agency", "numerator", "n"]).assign(indicator=what, year=2023, reports=1)
    value = (per * frame["numerator"] / frame["n"].where(frame["n"] > 0)).astype("Float64")
    return frame.assign(value=value, small=frame["n"] < DISCLOSED.least)


def test_a_funnel_has_each_row_at_its_n_and_names_those_outside_the_limits() -> None:
    ax = plots.funnel(ratios_of(("near", 210, 500), ("far", 150, 200), ("small", 10, 10), ("most", 2000, 5000)))
    drawn = {(round(float(x)), round(float(y), 3)) for dots in ax.collections for x, y in dots.get_offsets()}
    assert drawn == {(500, 0.42), (200, 0.75), (10, 1.0), (5000, 0.4)}
    assert {text.get_text().split()[0] for text in ax.texts} == {"far"}


def test_names_in_a_funnel_do_not_lie_on_each_other() -> None:
    ax = plots.funnel(ratios_of(("far", 150, 200), ("beside", 149, 200), ("below", 20, 200), ("most", 2000, 5000)))
    assert {text.get_text().split()[0] for text in ax.texts} == {"far", "below"}


def test_the_limits_of_a_funnel_stand_around_all_together() -> None:
    known = ratios_of(("a", 30, 100), ("b", 70, 100), ("c", 800, 1800))
    assert together(DISCLOSED, known) == 0.45
    n = np.array([4.0, 100.0, 10_000.0])
    low, high = limits(DISCLOSED, 0.45, n, 1.96)
    assert np.allclose(high[1:], 0.45 + 1.96 * np.sqrt(0.45 * 0.55 / n[1:]))
    assert np.allclose(low[1:], 0.45 - 1.96 * np.sqrt(0.45 * 0.55 / n[1:]))
    assert (low >= 0).all()
    assert (high <= 1).all()
    low, high = limits(REVIEWS, 0.02, n, 1.96)
    assert np.allclose(high, 100 * (0.02 + 1.96 * np.sqrt(0.02 / n)))


def test_chance_alone_stays_within_the_limits_as_often_as_they_say() -> None:
    """20,000 agencies of one share: 0.2 % of them are outside the outer limits, give or take."""
    rng = np.random.default_rng(7)
    n = rng.integers(200, 3000, 20_000)
    known = ratios_of(
        *((str(at), int(k), int(of)) for at, (k, of) in enumerate(zip(rng.binomial(n, 0.4), n, strict=True)))
    )
    assert 10 <= int(outside(DISCLOSED, known).gt(0).sum()) <= 80


def test_a_funnel_tells_rows_without_a_value_and_small_ones() -> None:
    ax = plots.funnel(ratios_of(("a", 40, 100), ("b", 0, 0), ("c", 3, 9)), lang="en")
    told = ax.get_xlabel()
    assert "1 more rows have no value" in told
    assert "below 30" in told


def test_a_funnel_of_groups_and_of_what_is_no_indicator() -> None:
    assert plots.funnel(govstats.indicators(govstats.panel(govstats.samples()), by=["level", "year"]))
    with pytest.raises(UsageError, match="weather"):
        plots.funnel(ratios_of(("a", 1, 2)), "weather")
    with pytest.raises(UsageError, match="numerator"):
        plots.funnel(pd.DataFrame({"indicator": ["disclosed"]}))
    with pytest.raises(UsageError, match="refused"):
        plots.funnel(ratios_of(("a", 1, 2)), "refused")


# what all share

ALL = {
    "outcomes": lambda **options: plots.outcomes(made(agency="A"), **options),
    "flow": lambda **options: plots.flow(made(agency="A"), **options),
    "reasons": lambda **options: plots.reasons(made(agency="A"), **options),
    "trend": lambda **options: plots.trend([made(agency="A")], **options),
    "findings_map": lambda **options: plots.findings_map(audit_of(("A", "T301", 1)), **options),
    "figures": lambda **options: plots.figures(made(agency="A"), **options),
    "funnel": lambda **options: plots.funnel(ratios_of(("A", 400, 1000), ("B", 1, 12)), **options),
    "league": lambda **options: plots.league(with_intervals(("A", 400, 1000), ("B", 1, 12)), **options),
}


def test_every_public_plot_is_among_those_tested() -> None:
    assert set(ALL) == set(plots.__all__) - {"KINDS", "plot", "ranked", "use_font"}
    for name in plots.__all__:
        assert getattr(plots, name).__doc__


@pytest.mark.parametrize("name", ALL)
def test_no_global_setting_changes_and_a_given_ax_is_drawn_on(name: str) -> None:
    before = dict(matplotlib.rcParams)
    figure, ax = pyplot.subplots()
    assert ALL[name](ax=ax) is ax
    assert pyplot.get_fignums() == [figure.number]
    assert dict(matplotlib.rcParams) == before


@pytest.mark.parametrize("name", ALL)
def test_english_needs_no_chinese_font(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FAMILIES", ())
    monkeypatch.setattr(drawing, "families", fonts.families)
    assert not [text for text in written(ALL[name](lang="en")) if any(each >= "\u4e00" for each in text)]


@pytest.mark.parametrize("name", ALL)
def test_without_a_chinese_font_nothing_is_drawn_and_one_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FAMILIES", ())
    monkeypatch.setattr(drawing, "families", fonts.families)
    before = dict(matplotlib.rcParams)
    with pytest.raises(UsageError, match="Noto Sans CJK SC"):
        ALL[name](lang="zh")
    assert pyplot.get_fignums() == []
    assert dict(matplotlib.rcParams) == before


@pytest.mark.skipif(not HAS_FONT, reason="no Chinese font is installed here")
@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_all_is_written_within_the_picture_and_in_fonts_that_have_it(name: str, lang: str) -> None:
    """A missing glyph is a warning, and warnings are errors here."""
    ax = ALL[name](lang=lang)
    ax.figure.canvas.draw()
    whole, drawn = ax.figure.bbox, ax.get_tightbbox()
    assert drawn.x0 >= whole.x0
    assert drawn.x1 <= whole.x1
    assert drawn.y0 >= whole.y0
    assert drawn.y1 <= whole.y1


@pytest.mark.skipif(not HAS_FONT, reason="no Chinese font is installed here")
def test_a_font_that_has_all_characters_comes_first() -> None:
    rare = "𠮷"
    first = fonts.families(["汉字"])[0]
    assert {"汉", "字"} <= fonts._characters(first)
    having = [name for name in fonts.installed() if rare in fonts._characters(name)]
    assert not having or rare in fonts._characters(fonts.families([f"汉字{rare}"])[0])
    assert fonts.families(["plain"]) == []
    assert fonts.families(["汉"])[-1] == fonts.PLAIN


@pytest.mark.parametrize("name", ALL)
def test_without_matplotlib_the_extra_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    with pytest.raises(UsageError, match=r"govstats\[plot\]"):
        ALL[name]()


@pytest.mark.parametrize("name", ALL)
def test_on_a_dark_style_texts_are_light(name: str) -> None:
    with pyplot.style.context("dark_background"):
        ax = ALL[name]()
        texts = [ax.title, ax.xaxis.label, *ax.get_yticklabels()]
        assert {each.get_color() for each in texts if each.get_text()} == {"white"}


def test_neighbours_differ_in_lightness_for_print() -> None:
    def lightness(colour: str) -> float:
        red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        return 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2

    levels = [lightness(colour) for colour in drawing.COLOURS[:6]]
    assert all(abs(one - other) > 0.08 for one, other in pairwise(levels))


def test_ones_own_plots_can_write_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    import matplotlib as mpl

    with mpl.rc_context():
        family = plots.use_font()
        assert mpl.rcParams["font.family"][0] == family
        with pytest.raises(UsageError, match="没有这样的字体"):
            plots.use_font("没有这样的字体")


# league


def with_intervals(*rows: tuple[str, int, int]) -> pd.DataFrame:
    """The same, with 0.1 to each side."""
    frame = ratios_of(*rows)
    return frame.assign(low=frame["value"] - 0.1, high=frame["value"] + 0.1)


ROWS = (("high", 90, 100), ("near", 85, 100), ("low", 20, 100), ("tiny", 9, 9), ("none", 0, 0), ("least", 15, 30))


def test_ranks_are_shared_where_intervals_meet_and_refused_where_n_is_small() -> None:
    rows = plots.ranked(with_intervals(*ROWS))
    assert list(zip(rows["agency"], rows["rank"], strict=True)) == [("high", 1), ("near", 1), ("least", 3), ("low", 4)]


def test_a_league_table_draws_the_ranked_and_counts_the_others() -> None:
    ax = plots.league(with_intervals(*ROWS), most=3, lang="en")
    assert [label.get_text().split()[1] for label in ax.get_yticklabels()] == ["high", "near", "least"]
    told = ax.get_xlabel()
    for text in ("1 rows have no rank", "1 rows have no value", "there are 1 more"):
        assert text in told


def test_no_league_table_is_made_of_small_denominators() -> None:
    with pytest.raises(UsageError, match="不排名"):
        plots.ranked(with_intervals(("a", 9, 10), ("b", 1, 29)))
    with pytest.raises(UsageError, match="low"):
        plots.league(ratios_of(("a", 40, 100)))


def test_nobody_ranks_behind_a_row_of_a_lower_value() -> None:
    frame = ratios_of(("first", 90, 100), ("exact", 80, 100), ("vague", 79, 100), ("last", 10, 100))
    rows = plots.ranked(frame.assign(low=[0.85, 0.79, 0.6, 0.05], high=[0.95, 0.81, 0.9, 0.2]))
    assert list(zip(rows["agency"], rows["rank"], strict=True)) == [
        ("first", 1),
        ("exact", 1),
        ("vague", 1),
        ("last", 4),
    ]
