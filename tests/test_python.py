"""What analysts use from a notebook."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import govstats
from govstats.errors import UsageError
from govstats.text.figures import State
from tests.factory import as_figures, document, random_valid


def sample(name: str) -> govstats.Report:
    return govstats.read(next(path for path in govstats.samples() if name in path.name))


def test_the_public_names_are_all_there() -> None:
    assert sorted(govstats.__all__) == govstats.__all__
    for name in govstats.__all__:
        assert getattr(govstats, name).__doc__, f"{name} has no docstring"
    with pytest.raises(AttributeError):
        _ = govstats.nonsense


def test_the_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    assert govstats.__version__ == version("govstats")


def test_import_loads_neither_pandas_nor_pandera() -> None:
    code = "import sys, govstats; print([name for name in ('pandas', 'pandera', 'numpy') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_checking_loads_neither_pandas_nor_pandera() -> None:
    code = (
        "import sys, govstats\nfrom govstats.cli import _run\n_run(['check', str(govstats.samples()[0])])\n"
        "assert not {'pandas', 'pandera', 'fsspec'} & set(sys.modules), 'heavy imports'"
    )
    subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)


def test_frames_have_gov_whichever_is_imported_first() -> None:
    for imports in ("import govstats, pandas", "import pandas, govstats"):
        ran = subprocess.run(
            [sys.executable, "-c", f"{imports}\npandas.DataFrame().gov"], capture_output=True, text=True
        )
        assert "AttributeError: 'DataFrame'" not in ran.stderr


def test_frames_have_codes_keys_and_nullable_dtypes() -> None:
    report = sample("suqian-2023")
    assert list(report.applications.index[:3]) == ["1", "2", "3.1"]
    assert list(report.applications.columns)[0::6] == ["natural_person", "total"]
    assert set(report.applications.dtypes.astype(str)) == {"Int64"}
    assert report.disclosure.dtypes.astype(str).to_dict()["amount"] == "Float64"
    assert report.disclosure.loc["20.8.fees", "amount"] == 59237.2449
    assert report.disclosure.loc["20.8.fees", "issued"] is pd.NA
    assert report.litigation.loc["review", "total"] == 440
    pd.testing.assert_frame_equal(report.table("litigation"), report.litigation)


def test_an_unread_cell_is_na_and_its_source_says_why() -> None:
    report = govstats.read(
        "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | / | | 1*** |\n行政许可 | 0 |\n"
    )
    assert report.disclosure.loc["20.1.rules", ["issued", "repealed", "in_force"]].isna().all()
    states = [report.source(f"disclosure/20.1.rules/{key}").state for key in ("issued", "repealed", "in_force")]
    assert states == [State.MARK, State.BLANK, State.UNREADABLE]
    assert report.source("disclosure/20.5.licences/decisions").state is State.ZERO
    assert report.source("disclosure/20.6.coercion/decisions").state is State.ABSENT
    assert report.disclosure.loc["20.5.licences", "decisions"] == 0


def test_the_source_of_a_cell_is_raw_text_and_place() -> None:
    raw, state, place, unit = sample("zhaotong").source("applications/3.4.1/natural_person")
    assert (raw, state, str(place), unit) == ("70", State.NUMBER, "第 2 张表第 16 行第 4 列", "")


@pytest.mark.parametrize("cell", ["applications/9/total", "applications/1", "weather/1/total", "applications/1/sun"])
def test_an_unknown_cell_is_an_error_that_says_what_there_is(cell: str) -> None:
    with pytest.raises(UsageError):
        sample("zhaotong").source(cell)


def test_labels_are_official_in_both_languages() -> None:
    applications = sample("zhaotong").applications
    assert applications.gov.labelled().loc["（七）总计".replace("（", "(").replace("）", ")"), "自然人"] == 0
    assert applications.gov.labelled("en").loc["(7) Total", "Total"] == 0
    with pytest.raises(UsageError, match="attrs"):
        pd.DataFrame({"a": [1]}).gov.labelled()


def test_a_report_can_be_given_as_path_bytes_or_text() -> None:
    text = document(as_figures(random_valid(np.random.default_rng(1))), "html")
    by_text, by_bytes = govstats.read(text), govstats.read(text.encode())
    assert by_text.sha256 == by_bytes.sha256
    assert govstats.check(by_text).ok
    assert govstats.check(text).ok


def test_an_url_is_read_through_fsspec() -> None:
    import fsspec

    page = next(path for path in govstats.samples() if "zhaotong" in path.name).read_bytes()
    with fsspec.open("memory://reports/zhaotong.html", "wb") as file:
        file.write(page)
    assert govstats.read("memory://reports/zhaotong.html").year == 2021
    with pytest.raises(govstats.ReadError):
        govstats.read("memory://reports/nothing.html")


def test_an_audit_is_ok_only_if_all_was_read_and_nothing_is_an_error() -> None:
    clean, faulty = sample("suqian-2023"), sample("zhaotong")
    assert govstats.check(clean).ok
    assert not govstats.check(faulty).ok
    assert not govstats.audit(["no-such-file.html"]).ok
    assert not govstats.audit([]).ok


def test_findings_become_a_tidy_frame() -> None:
    audit = govstats.audit([*govstats.samples(), "no-such-file.html"])
    made = audit.to_frame()
    assert list(made["rule"].fillna("not read")) == ["T304", "not read"]
    first = made.iloc[0]
    assert (first["agency"], first["year"], first["row"], first["actual"], first["expected"]) == (
        "昭通市人民政府办公室",
        2021,
        "3.7",
        0,
        78,
    )
    assert str(made["year"].dtype) == "Int64"


def test_a_report_as_a_long_frame_keeps_state_and_place() -> None:
    made = sample("zhaotong").to_frame()
    assert len(made) == 200
    assert set(made["state"]) == {"number", "zero"}
    assert made.set_index(["table", "row", "column"]).loc[("applications", "1", "total"), "value"] == 81


def test_reports_and_audits_show_themselves() -> None:
    report = sample("zhaotong")
    audit = govstats.check(report)
    assert "昭通市人民政府办公室" in repr(report)
    assert "70" in str(report)
    assert "1 个错误" in repr(audit)
    assert "T304" in str(audit)
    for shown in (report._repr_html_(), audit._repr_html_(), audit.audited[0]._repr_html_()):
        assert "昭通市人民政府办公室" in shown
        assert "<script" not in shown
    assert audit._repr_html_().count('class="gs-accused"') == 3, "the three accused cells are marked"


def test_what_a_report_says_is_escaped_in_html() -> None:
    evil = "<script>alert(1)</script>"
    report = govstats.read(f"规章 | {evil} | 0 | 0 |\n行政许可 | 0 |\n".encode())
    assert evil not in report._repr_html_() + govstats.check(report)._repr_html_()


def told(audit: govstats.Audit) -> list[tuple[str, list[str]]]:
    return [(entry.path, sorted(finding.rule for finding in entry.findings)) for entry in audit.audited]


def test_reports_and_paths_are_audited_together_in_their_order(tmp_path: Path) -> None:
    """A report says the same whether it is named or has been read; so do the reports of an audit."""
    paths = [str(path) for path in govstats.samples()]
    expected = told(govstats.audit(paths, jobs=0))
    reports = [govstats.read(path) for path in paths]
    assert told(govstats.audit(reports)) == expected
    assert told(govstats.audit([reports[0], *paths[1:]])) == expected
    assert told(govstats.audit([paths[0], reports[1], *paths[2:], paths[0]])) == expected
    assert told(govstats.audit(govstats.audit(paths).reports)) == expected
    assert told(govstats.audit(reports[0])) == expected[:1]
    assert told(govstats.audit(iter(reports), cache=tmp_path)) == expected


def test_a_report_that_was_read_is_compared_with_others() -> None:
    """Two reports of one agency that disagree about the figure carried over."""
    report = sample("zhaotong")
    alone = govstats.audit([report])
    twice = govstats.audit([report, govstats.samples()[0], report])
    assert len(twice.audited) == 2, "one report given twice is one"
    assert {finding.rule for finding in alone.findings} <= {finding.rule for finding in twice.findings}


@pytest.mark.parametrize("mode", ["rb", "r"])
def test_open_files_are_read(mode: str) -> None:
    path = govstats.samples()[0]
    with path.open(mode, encoding=None if "b" in mode else "utf-8") as file:
        report = govstats.read(file)
    assert (report.agency, report.path) == (govstats.read(path).agency, str(path))
    assert govstats.read(io.BytesIO(path.read_bytes())).agency == report.agency


def test_findings_become_a_frame_of_cells() -> None:
    made = govstats.audit([*govstats.samples(), "no-such-file.html"]).to_frame(cells=True)
    accused = made[made["accused"].fillna(False)]
    assert accused[["row", "column", "expected"]].values.tolist() == [
        ["3.7", "natural_person", 78.0],
        ["3.7", "business", 3.0],
        ["3.7", "total", 81.0],
    ]
    assert len(made) == 8, "the seven cells of the row, and the file that is not there"


def test_labels_can_stand_under_their_headings_and_are_known_again() -> None:
    made = sample("zhaotong").applications.gov.labelled(parents=True)
    assert made.loc[("三、本年度办理结果 / (三)不予公开", "1.属于国家秘密"), ("法人或其他组织", "商业企业")] == 0
    assert [finding.rule for finding in made.gov.check().findings] == ["T304"]


def test_a_frame_of_ones_own_is_checked_by_the_name_of_its_form() -> None:
    applications = sample("zhaotong").applications
    own = pd.DataFrame(applications.astype("float64").to_numpy(), applications.index, applications.columns)
    own.loc["1", "natural_person"] = float("nan")
    audit = own.gov.check(format="national-2021", table="applications")
    assert [finding.rule for finding in audit.findings] == ["T304", "C102"], "what is missing is blank, not unread"
    assert (own.gov.relations(format="national-2021", table="applications")["outcome"] == "fail").sum() == 6
    with pytest.raises(UsageError, match="format"):
        own.gov.check()


def test_a_schema_takes_floats_on_request() -> None:
    floats = sample("suqian-2023").litigation.astype("float64")
    assert (
        govstats.schema("national-2021", "litigation", coerce=True)
        .validate(floats)
        .dtypes.astype(str)
        .eq("Int64")
        .all()
    )


def test_tab_shows_what_analysts_use_and_all_of_it_is_there() -> None:
    report = sample("zhaotong")
    assert "applications" in dir(report)
    assert "without_document" not in dir(report)
    assert all(hasattr(report, name) for name in dir(report))


def test_a_bar_that_is_asked_for_stays_off_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    govstats.audit(govstats.samples(), progress=True)
    govstats.panel(govstats.samples(), progress=True)
    govstats.audit(govstats.samples())
    told = capsys.readouterr()
    assert not told.out


def test_what_fails_a_schema_names_its_cells_and_figures() -> None:
    from pandera.errors import SchemaErrors

    with pytest.raises(SchemaErrors) as raised:
        govstats.schema("national-2021", "applications").validate(sample("zhaotong").applications, lazy=True)
    told = raised.value.failure_cases
    first = told[told["check"].str.startswith("B201") & told["check"].str.contains("自然人")]
    assert sorted(first[["index", "failure_case"]].values.tolist(), key=str) == [  # their order is pandas' own
        ["1", {"natural_person": 78}],
        ["2", {"natural_person": 0}],
        ["3.7", {"natural_person": 0}],
        ["4", {"natural_person": 0}],
    ]


def test_what_cannot_be_read_is_named_and_a_folder_has_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(govstats.ReadError, match=re.escape(str(tmp_path)) + ".*govstats.audit"):
        govstats.read(tmp_path)
    with pytest.raises(govstats.ReadError, match=r"no-such-file\.html：找不到"):
        govstats.read("no-such-file.html")
