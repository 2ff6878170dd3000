"""The panel: what is written is what was read, whole or not at all, and nothing is missing in silence."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import govstats
from govstats.catalog.formats import get_format, known_formats
from govstats.catalog.series import harmonised
from govstats.cli import _run
from govstats.errors import ReadError, UsageError
from govstats.lang import Text
from govstats.model.audits import Unread
from govstats.model.report import Report
from govstats.model.table import Table
from govstats.panels import UnreadWarning, tables
from govstats.panels.csvfiles import CsvFiles
from govstats.panels.duckdbfile import DuckdbFile
from govstats.panels.files import FOLDER, KINDS, kind_of, saved
from govstats.panels.schema import TABLES, TEXT, schema
from govstats.panels.stream import Told, batches
from govstats.panels.vocabulary import Vocabulary
from govstats.pipeline import Read
from tests.factory import as_figures, document, random_valid
from tests.figuresets import sample
from tests.folders import ROOT
from tests.made import report_of

SAMPLES = [str(path) for path in govstats.samples()]
WHERE = ["code", "province", "city", "county", "level", "body"]
COLUMNS = [
    *["agency", "year", "format", "table", "row", "column", "value", "state", "unit"],
    *["derived", "recognised", "path", "sha256"],
    *WHERE,
]
ENDINGS = ["panel.parquet", "panel.duckdb", "panel.csv", "panel/"]
BATCH = 250
"""Cells of a batch in these tests: several to a panel, and reports that lie across their ends."""


def unread(path: str) -> Unread:
    return Unread(path, ReadError(Text("坏了。", "Broken.")))


def report(path: str, agency: str | None, year: int | None, format_: str = "national-2021", **tables: Any) -> Report:
    """A report of some tables, each given as row code → figures as printed."""
    form = get_format(format_).tables
    made = {name: Table.from_texts(form[name], rows) for name, rows in tables.items()}
    digest = hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()
    return replace(report_of(**made), path=path, agency=agency, year=year, format=format_, sha256=digest)


def save(documents: Iterable[Read], target: Path, *, harmonised: bool = True) -> Told:
    told = Told()
    with saved(target, kind_of(str(target) if target.suffix else f"{target}/")) as files:
        for table, batch in batches(documents, told, harmonised=harmonised, size=BATCH):
            files.write(table, batch)
    return told


def load(target: Path, table: str = "panel") -> pd.DataFrame:
    """A table of a panel as what any user's own tools read, in the kind that the name says."""
    beside = target if table == "panel" else target.with_name(f"{target.stem}.{table}{target.suffix or '.parquet'}")
    if target.suffix == ".duckdb":
        with duckdb.connect(str(target), read_only=True) as connection:
            return connection.execute(f'FROM "{table}"').df()
    if target.suffix == ".csv":
        text = {column.name: str for column in TABLES[table] if column.type == TEXT}
        return pd.read_csv(beside, dtype=text)  # type: ignore[arg-type]
    return pd.read_parquet(beside)


def plain(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    """Rows as Python values, None where nothing is."""
    return [
        tuple(None if pd.isna(value) else value for value in row)
        for row in frame.astype(object).itertuples(index=False)
    ]


def expected(reports: Iterable[Report]) -> list[tuple[Any, ...]]:
    """The panel of reports that lack no table, told by the long frame of each."""
    return [
        (*(row[name] for name in COLUMNS[:9]), False, False, row["path"], report.sha256, *(row[name] for name in WHERE))
        for report in reports
        for row in report.to_frame().astype(object).where(lambda frame: frame.notna(), None).to_dict("records")
    ]


def of_all_forms() -> list[Report]:
    """Reports with gaps, decimals and printed units, of every form, read from documents."""
    made = []
    for seed, form in enumerate(known_formats().values()):
        drawn = sample("gaps", seed, form.tables)
        text = document(drawn.figures, "html", forms=form.tables)
        made.append(replace(govstats.read(text), path=f"{form.name}.html"))
    with_units = govstats.read("规章 | 2件 | / | 1*** |\n行政许可 | 3件次 |\n行政事业性收费 | 1.5万元 |\n".encode())
    return [*made, *(govstats.read(path) for path in SAMPLES), replace(with_units, format=None)]


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_is_read_back_is_what_was_read(ending: str, tmp_path: Path) -> None:
    reports, target = of_all_forms(), tmp_path / ending
    told = save(reports, target)
    frame = load(target)
    wanted = expected(reports)
    assert list(frame.columns) == COLUMNS
    if ending == "panel/":
        wanted.sort(key=lambda row: (row[1] is None, row[1] or 0))
    assert plain(frame) == wanted
    assert told.cells == len(frame)
    assert set(frame["state"]) >= {"number", "zero", "blank", "mark", "unreadable", "absent"}
    assert frame["value"].isna().equals(~frame["state"].isin(["number", "zero"]))


def test_parquet_has_the_types_that_analysts_expect(tmp_path: Path) -> None:
    for name in ("panel.parquet", "panel/"):
        save([*of_all_forms(), report("a", None, None, litigation={})], tmp_path / name)
        frame = pd.read_parquet(tmp_path / name)
        types = {column: str(kind) for column, kind in frame.dtypes.items()}
        assert types == dict.fromkeys(COLUMNS, "category") | {
            "year": "Int64",
            "value": "Float64",
            "derived": "bool",
            "recognised": "bool",
        }
    read = pq.read_table(tmp_path / "panel.parquet")
    assert read.schema.equals(schema("panel"))
    assert pq.ParquetFile(tmp_path / "panel.parquet").metadata.row_group(0).column(0).compression == "ZSTD"


def test_duckdb_reads_every_kind_with_its_own_types(tmp_path: Path) -> None:
    for name in ENDINGS:
        save([govstats.read(path) for path in SAMPLES], tmp_path / name)
    connection = duckdb.connect(str(tmp_path / "panel.duckdb"), read_only=True)
    counts = "SELECT count(*), round(sum(value), 4)"
    csv = connection.execute(f"{counts} FROM '{tmp_path}/panel.csv'").fetchone()
    for origin in ("panel", f"'{tmp_path}/panel.parquet'", f"'{tmp_path}/panel/*.parquet'"):
        types = {row[0]: row[1] for row in connection.execute(f"DESCRIBE FROM {origin}").fetchall()}
        assert types == dict.fromkeys(COLUMNS, "VARCHAR") | {
            "year": "INTEGER",
            "value": "DOUBLE",
            "derived": "BOOLEAN",
            "recognised": "BOOLEAN",
        }
        assert connection.execute(f"{counts} FROM {origin}").fetchone() == csv
    connection.close()


def test_derived_figures_are_there_on_request_and_marked() -> None:
    blank = {"1": ("3", "", "0", "0", "0", "0", ""), "3.1": ("", "0", "0", "0", "0", "0", "3"), "3.7": ("",) * 7}
    read = report("a.html", "青山县教育局", 2023, applications=blank)
    for asked in (False, True):
        made = {name: batch.to_pandas() for name, batch in batches([read], Told(), harmonised=True, derived=asked)}
        cells = made["panel"][made["panel"]["table"] == "applications"].set_index(["row", "column"])
        found = cells.loc[[("1", "business"), ("3.1", "natural_person"), ("3.7", "total")]]
        assert found["state"].tolist() == ["blank"] * 3
        assert found["derived"].tolist() == [asked] * 3
        assert found["value"].tolist() == [0, 3, 3] if asked else found["value"].isna().all()
        received = made["series"].set_index(["series", "column"]).loc[("new", "total")]
        assert bool(received["derived"]) == asked
        assert received["value"] == 3 if asked else pd.isna(received["value"])


def test_a_table_that_the_document_lacks_is_there_cell_by_cell_and_absent(tmp_path: Path) -> None:
    save([report("a.html", "某局", 2023, litigation={"review": [1, 0, 0, 0, 1]})], tmp_path / "panel.parquet")
    frame = load(tmp_path / "panel.parquet")
    assert len(frame) == sum(len(form.cells) for form in get_format("national-2021").tables.values())
    assert set(frame["state"][frame["table"] != "litigation"]) == {"absent"}
    assert frame["value"][frame["table"] != "litigation"].isna().all()


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_was_not_read_is_listed_with_its_reason(ending: str, tmp_path: Path) -> None:
    told = save(
        [unread("=bad.pdf"), report("a", None, None, litigation={}), report_without_tables()], tmp_path / ending
    )
    assert (told.reports, told.unread, told.without_tables) == (2, 1, 1)
    listed = load(tmp_path / ending, "reports")
    bad = "'=bad.pdf" if ending == "panel.csv" else "=bad.pdf"
    assert listed[["path", "error", "tables"]].astype(object).where(listed.notna(), None).values.tolist() == [
        [bad, "坏了。", None],
        ["a", None, 1],
        ["bare", None, 0],
    ]
    assert set(load(tmp_path / ending)["path"]) == {"a"}


def report_without_tables() -> Report:
    return replace(report_of(), path="bare", format=None)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_panel_of_nothing_has_its_columns(ending: str, tmp_path: Path) -> None:
    assert save([], tmp_path / ending) == Told()
    frame = load(tmp_path / ending)
    assert (list(frame.columns), len(frame)) == (COLUMNS, 0)
    assert len(load(tmp_path / ending, "reports")) == len(load(tmp_path / ending, "series")) == 0


def test_the_series_are_those_of_every_report(tmp_path: Path) -> None:
    old, new = get_format("national-2019").tables, get_format("national-2021").tables
    forms = {"disclosure": old["disclosure"], "applications": new["applications"], "litigation": old["litigation"]}
    mixed = govstats.read(
        document(as_figures(random_valid(np.random.default_rng(3), forms=forms), forms), "html", forms=forms)
    )
    reports = [*of_all_forms(), replace(mixed, path="mixed"), report("part", "某局", 2023, applications={})]
    save([*reports, report_without_tables()], tmp_path / "panel.parquet")
    made = load(tmp_path / "panel.parquet", "series").astype({"series": str, "column": str, "path": str})
    for each in reports:
        told = made[made["path"] == each.path].set_index(["series", "column"])["value"].dropna()
        frame = each.harmonised().drop(columns="unit").rename_axis(columns="column").stack().dropna()
        assert told.astype(int).to_dict() == frame.astype(int).to_dict(), each.path
        assert set(made["series"][made["path"] == each.path]) == {series.key for series in harmonised().series}
    assert made["value"][made["path"] == "bare"].isna().all()


def test_labels_name_every_cell_of_every_form(tmp_path: Path) -> None:
    save([], tmp_path / "panel.parquet")
    labels = load(tmp_path / "panel.parquet", "labels").set_index(["format", "table", "row", "column"])
    assert labels.index.is_unique
    assert len(labels) == sum(len(form.cells) for each in known_formats().values() for form in each.tables.values())
    cell = labels.loc[("national-2021", "applications", "3.7", "total")]
    assert (cell["row_zh"], cell["column_zh"], cell["row_en"]) == ("(七)总计", "总计", "(7) Total")


def test_years_have_files_of_their_own_that_any_reader_takes_together(tmp_path: Path) -> None:
    reports = [govstats.read(path) for path in SAMPLES] + [report("a", "某局", None, litigation={})]
    save(reports * 3, tmp_path / "panel")
    assert sorted(path.name for path in (tmp_path / "panel").iterdir()) == [
        "2021.parquet", "2023.parquet", "2024.parquet", "unknown.parquet"
    ]  # fmt: skip
    assert set(pd.read_parquet(tmp_path / "panel" / "2023.parquet")["year"]) == {2023}
    assert pd.read_parquet(tmp_path / "panel" / "unknown.parquet")["year"].isna().all()
    before = [hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted((tmp_path / "panel").iterdir())]
    save(reports * 3, tmp_path / "panel")
    after = [hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted((tmp_path / "panel").iterdir())]
    assert before == after, "a panel in a folder is replaced by the next, and the same reports make the same bytes"
    (tmp_path / "panel" / "thesis.docx").write_text("mine")
    with pytest.raises(UsageError, match="thesis"):
        save(reports, tmp_path / "panel")
    assert (tmp_path / "panel" / "thesis.docx").exists()


def test_csv_opens_in_excel_and_holds_no_formula(tmp_path: Path) -> None:
    save([report("=1+1.html", "@SUM(A1)", 2023, litigation={})], tmp_path / "panel.csv")
    assert (tmp_path / "panel.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    frame = load(tmp_path / "panel.csv")
    assert (frame["path"][0], frame["agency"][0]) == ("'=1+1.html", "'@SUM(A1)")


@given(st.lists(st.one_of(st.none(), st.text(st.characters(codec=None)))))
def test_a_vocabulary_gives_back_every_text(texts: list[str | None]) -> None:
    words = Vocabulary()
    column = words.column([words.index(text) for text in texts])
    assert len(set(column.dictionary.to_pylist())) == len(column.dictionary)
    for text, back in zip(texts, column.to_pylist(), strict=True):
        if text is None or not re.search("[\ud800-\udfff]", text):
            assert back == text


def test_a_name_that_is_no_text_is_written_all_the_same(tmp_path: Path) -> None:
    save([report("\udcff.html", "某局", 2023, litigation={}), unread("\udcfe.html")], tmp_path / "panel.parquet")
    assert list(load(tmp_path / "panel.parquet", "reports")["path"]) == ["\\udcff.html", "\\udcfe.html"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_failure_leaves_what_was_there_before(ending: str, tmp_path: Path) -> None:
    target = tmp_path / ending

    def breaks() -> Iterable[Read]:
        yield from (report(str(n), "乙局", 2022, litigation={}) for n in range(20))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        save(breaks(), target)
    assert list(tmp_path.iterdir()) == []
    save([report("a", "甲局", 2023, litigation={})], target)
    names = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(KeyboardInterrupt):
        save(breaks(), target)
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    assert set(load(target)["agency"]) == {"甲局"}


def test_series_of_an_earlier_run_do_not_stay_beside_a_new_panel(tmp_path: Path) -> None:
    save([], tmp_path / "panel.parquet", harmonised=True)
    save([], tmp_path / "panel.parquet", harmonised=False)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "panel.labels.parquet", "panel.parquet", "panel.reports.parquet"
    ]  # fmt: skip


@pytest.mark.parametrize("kind", [".parquet", ".csv", ".duckdb", FOLDER])
def test_a_place_that_cannot_be_written_is_a_usage_error(kind: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"写不了|Cannot"), saved(tmp_path / "no" / "where", kind):
        pass


@pytest.mark.parametrize("kind", [CsvFiles, DuckdbFile, *KINDS.values()])
def test_files_write_only_in_the_folder_that_they_are_given(kind: Any, tmp_path: Path) -> None:
    folder = tmp_path / "apart"
    folder.mkdir()
    files = kind(folder, "panel.x")
    for table in TABLES:
        files.write(table, schema(table).empty_table())
    files.close()
    assert list(tmp_path.iterdir()) == [folder]
    assert any(folder.iterdir())


def test_without_duckdb_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert _run(["panel", SAMPLES[0], "-o", str(tmp_path / "panel.duckdb")]) == 2
    assert "govstats[duckdb]" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_memory_stays_that_of_a_few_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows come as they fill, so the first are written long before the last document is read."""
    taken = 0

    def counted() -> Iterable[Read]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield report(str(number), "某局", 2023, litigation={})

    for name, batch in batches(counted(), Told(), size=1000):
        if name == "panel":
            assert taken == 5
            assert 1000 <= batch.num_rows < 1200
            break


def test_batches_hold_no_document() -> None:
    import gc
    import weakref

    told, kept = Told(), []

    def documents() -> Iterable[Read]:
        for number in range(50):
            made = report(str(number), "某局", 2023, litigation={})
            kept.append(weakref.ref(made))
            yield made
            del made
        gc.collect()
        assert sum(each() is not None for each in kept) <= 2

    assert [name for name, _ in batches(documents(), told, harmonised=True)] == ["labels", "panel", "reports", "series"]


def test_the_command_tells_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "panel.parquet"
    assert _run(["panel", *SAMPLES, "-o", str(target)]) == 0
    assert "3 份报告，600 格" in capsys.readouterr().err
    assert not (tmp_path / "panel.series.parquet").exists()
    (tmp_path / "bare.txt").write_text("没有附表的一页\n", "utf-8")
    (tmp_path / "\x1bbad.html").write_bytes(b"")
    arguments = ["panel", *SAMPLES, str(tmp_path), "-o", str(target), "--harmonised", "--lang", "en"]
    assert _run(arguments) == 2
    told = capsys.readouterr().err
    assert "1 documents could not be read" in told
    assert "1 of them have no known table" in told
    assert "bad.html: not read:" in told
    assert "\x1b" not in told
    assert (tmp_path / "panel.series.parquet").exists()
    assert len(load(target, "reports")) == 5


@pytest.mark.parametrize(
    "arguments",
    [
        [SAMPLES[0]],
        ["-o", "panel.parquet"],
        [SAMPLES[0], "-o", "panel.xlsx"],
        [SAMPLES[0], "-o", "no/where/panel.parquet"],
    ],
)
def test_a_wrong_call_exits_with_2_and_writes_nothing(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert _run(["panel", *arguments]) == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["corpus", "corpus/"])
def test_a_name_without_an_ending_is_a_folder(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert _run(["panel", *SAMPLES, "-o", name]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "corpus", "corpus.labels.parquet", "corpus.reports.parquet"
    ]  # fmt: skip
    assert len(load(tmp_path / "corpus")) == 600


def test_a_source_is_never_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "panel.reports.csv"
    source.write_text("规章,1,2,3\n", "utf-8")
    assert _run(["panel", str(source), "-o", str(tmp_path / "panel.csv")]) == 2
    assert "不会覆盖" in capsys.readouterr().err
    assert source.read_text("utf-8") == "规章,1,2,3\n"


@pytest.mark.parametrize("ending", ENDINGS)
def test_two_processes_write_what_one_writes(ending: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(15):
        (tmp_path / "in" / f"{number:02}.html").write_bytes(Path(SAMPLES[0]).read_bytes())
    for jobs in ("0", "2"):
        (tmp_path / jobs).mkdir()
        assert _run(["panel", str(tmp_path / "in"), "-o", str(tmp_path / jobs / ending), "--jobs", jobs]) == 0
    one, two = (load(tmp_path / jobs / ending) for jobs in ("0", "2"))
    pd.testing.assert_frame_equal(one, two)
    assert len(one) == 15 * 200
    if ending != "panel.duckdb":
        files = [sorted(path for path in (tmp_path / jobs).rglob("*") if path.is_file()) for jobs in ("0", "2")]
        assert [path.read_bytes() for path in files[0]] == [path.read_bytes() for path in files[1]]


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("ending", ["panel.parquet", "panel.duckdb"])
def test_a_run_that_is_ended_leaves_nothing_half_written(how: signal.Signals, ending: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    for number in range(3000):
        (tmp_path / "in" / f"{number:04}.html").write_bytes(Path(SAMPLES[0]).read_bytes())
    command = [sys.executable, "-m", "govstats", "panel", str(tmp_path / "in"), "-o", str(tmp_path / "out" / ending)]
    running = subprocess.Popen(command, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 120
    while not any((tmp_path / "out").glob(".*.part/*")) and time.monotonic() < deadline:
        time.sleep(0.01)
    running.send_signal(how)
    _, told = running.communicate(timeout=60)
    assert running.returncode == 2
    assert "已中断，没有写" in told.decode()
    assert list((tmp_path / "out").iterdir()) == []


def test_in_python_it_is_a_frame_that_tells_what_it_lacks(tmp_path: Path) -> None:
    frame = govstats.panel(SAMPLES)
    assert (len(frame), list(frame.columns), str(frame["year"].dtype)) == (600, COLUMNS, "Int64")
    assert frame.attrs["govstats"] == {"unread": [], "without_tables": []}
    (tmp_path / "bare.txt").write_text("没有附表的一页\n", "utf-8")
    with pytest.warns(UnreadWarning, match="1 个文件没有读成"):
        frame = govstats.panel([SAMPLES[0], tmp_path, "missing.html"])
    (missed,) = frame.attrs["govstats"]["unread"]
    assert missed["path"] == "missing.html"
    assert "找不到" in missed["error"]
    assert frame.attrs["govstats"]["without_tables"] == [str(tmp_path / "bare.txt")]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert govstats.panel(SAMPLES[0]).equals(govstats.panel([SAMPLES[0]]))
        assert list(tables(SAMPLES)) == ["labels", "panel", "reports", "series"]
    frame.to_parquet(tmp_path / "again.parquet")


def test_the_public_name_stays_a_function() -> None:
    import govstats.panels

    assert callable(govstats.panel)
    assert govstats.panel is govstats.panels.panel


def test_other_commands_do_not_load_what_only_the_panel_needs() -> None:
    code = (
        "import sys\nfrom govstats.cli import _run\nimport govstats\n_run(['check', str(govstats.samples()[0])])\n"
        "_run(['show', str(govstats.samples()[0])])\n"
        "assert not {'pandas', 'pyarrow', 'duckdb', 'openpyxl'} & set(sys.modules), 'heavy imports'"
    )
    subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)


# show


def test_show_writes_excel_in_which_no_text_is_a_formula(tmp_path: Path) -> None:
    page = tmp_path / "=evil.txt"
    head = "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |"
    page.write_text(f"{head}\n规章 | =1+1 | 2 | -1 |\n行政许可 | 3 |\n", "utf-8")
    target = tmp_path / "shown.xlsx"
    assert _run(["show", str(page), SAMPLES[0], "missing.html", "-o", str(target)]) == 2
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["读到的表", "没有读成的文件"]
    rows = list(book["读到的表"].iter_rows())
    assert [cell.value for cell in rows[0]][-8:-6] == ["raw", "where"]
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n"}
    evil = next(cell for cell in rows[1] if cell.value == "=1+1")
    assert (evil.data_type, evil.quotePrefix) == ("s", True)
    assert len(rows) == 1 + len(govstats.read(page).to_frame()) + 200
    assert book["没有读成的文件"]["A2"].value == "missing.html"


def test_show_writes_parquet_as_the_long_frame_has_it(tmp_path: Path) -> None:
    target = tmp_path / "shown.parquet"
    assert _run(["show", *SAMPLES, "--format", "parquet", "-o", str(target)]) == 0
    wanted = pd.concat([govstats.read(path).to_frame() for path in SAMPLES], ignore_index=True)
    assert list(pd.read_parquet(target).columns) == list(wanted.columns)
    assert plain(pd.read_parquet(target)) == plain(wanted)
    assert str(pd.read_parquet(target)["year"].dtype) == "Int64"


@pytest.mark.parametrize("kind", ["xlsx", "parquet"])
def test_show_needs_a_file_for_what_is_no_text(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["show", SAMPLES[0], "--format", kind]) == 2
    assert f"-o 文件.{kind}" in capsys.readouterr().err


def test_a_sheet_of_excel_that_is_full_is_followed_by_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govstats.panels.longfiles._SHEET_ROWS", 150)
    assert _run(["show", SAMPLES[0], "-o", str(tmp_path / "shown.xlsx")]) == 0
    book = openpyxl.load_workbook(tmp_path / "shown.xlsx")
    assert {page.title: page.max_row - 1 for page in book} == {"读到的表": 150, "读到的表 2": 50}


# docs/queries.md

PAGE = (ROOT / "docs" / "queries.md").read_text("utf-8")
QUERIES = dict(re.findall(r"```sql\n-- (\w+)\n(.*?)```", PAGE, re.DOTALL))


def total(n: object) -> list[object]:
    """A row of requests that are all of natural persons."""
    return [n, 0, 0, 0, 0, 0, n]


def corpus() -> list[Read]:
    """The samples, and reports whose answers are worked out by hand below."""
    first = report(
        "2022.html", "甲县教育局", 2022,
        applications={"1": total(100), "2": total(10), "3.1": total(60), "3.2": total(20), "3.3.1": total(5),
                      "3.3.4": total(15), "3.7": total(100), "4": total(10)},
        litigation={"review": [1, 1, 1, 1, 4]},
    )  # fmt: skip
    second = report(
        "2023.html", "甲县教育局", 2023,
        applications={"1": total(50), "2": total(12), "3.1": total(""), "3.2": total(1), "3.3.4": total("/"),
                      "3.7": total(40), "4": total(22)},
    )  # fmt: skip
    old = report(
        "2020.html", "某局", 2020, "national-2019", applications={"1": total(8), "3.6": total(8), "3.7": total(8)}
    )
    summary = report("2016.html", "甲县教育局", 2016, "national-2014", summary={"received": ["7"]})
    again = replace(summary, path="copy/2016.html")
    return [
        *map(govstats.read, SAMPLES),
        first,
        second,
        old,
        summary,
        again,
        unread("scan.pdf"),
        report_without_tables(),
    ]


@pytest.fixture(scope="module", params=["duckdb", "parquet"])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterable[Any]:
    """A connection on the panel of the corpus, set up as the page says."""
    folder = tmp_path_factory.mktemp("database")
    (folder / "roster.csv").write_text("agency,region\n甲县教育局,甲县\n宿迁市,江苏\n乙局,乙县\n", "utf-8")
    save(corpus(), folder / f"panel.{request.param}")
    connection = duckdb.connect(str(folder / "panel.duckdb") if request.param == "duckdb" else ":memory:")
    connection.execute(f"SET file_search_path = '{folder}'")
    if request.param == "parquet":
        connection.execute(QUERIES["views"])
    connection.execute(QUERIES["roster"])
    connection.execute(QUERIES["totals"])
    yield connection
    connection.close()


SUQIAN = {year: govstats.read(path) for year, path in zip((2023, 2024), SAMPLES[:2], strict=True)}
"""The two sample years, whose figures are asserted in other tests."""


def printed(year: int, row: str, table: str = "applications") -> float:
    value = SUQIAN[year].tables[table].value(row, "total")
    assert value is not None
    return value


def percent(rows: list[str], of: list[str], years: tuple[int, ...] = (2023, 2024)) -> float:
    """What some rows of 宿迁 are of others."""
    part, whole = (sum(printed(year, row) for year in years for row in each) for each in (rows, of))
    return round(100 * part / whole, 1)


def reviews(year: int) -> float:
    return round(1000 * printed(year, "review", "litigation") / printed(year, "1"), 1)


OPEN = ["3.1", "3.2"]
ANSWERS: dict[str, list[tuple[Any, ...]]] = {
    "openness_by_year": [
        (2020, 1, 1, 0.0), (2021, 1, 1, None), (2022, 1, 1, 80.0), (2023, 2, 1, percent(OPEN, ["3.7"], (2023,))),
        (2024, 1, 1, percent(OPEN, ["3.7"], (2024,))),
    ],
    "openness_by_province": [
        ("云南省", 1, 1, None), ("江苏省", 2, 2, percent(OPEN, ["3.7"])), (None, 3, 2, round(100 * 80 / 108, 1)),
    ],
    "openness_by_region_of_roster": [
        ("江苏", 2, 2, percent(OPEN, ["3.7"])), ("甲县", 2, 1, 80.0), (None, 2, 2, 25.0),
    ],
    "carried_over_share": [
        (2020, 1, 0.0), (2021, 1, 0.0), (2022, 1, round(100 * 10 / 110, 1)),
        (2023, 2, round(100 * (printed(2023, "4") + 22) / (printed(2023, "1") + printed(2023, "2") + 62), 1)),
        (2024, 1, percent(["4"], ["1", "2"], (2024,))),
    ],
    "reviews_per_1000_requests": [
        (2020, 0, None), (2021, 1, 0.0), (2022, 1, 40.0), (2023, 1, reviews(2023)), (2024, 1, reviews(2024)),
    ],
    "requests_across_forms": [
        (2016, 2, 0, 14), (2020, 1, 0, 8), (2021, 1, 0, 81), (2022, 1, 0, 100),
        (2023, 2, 1, int(printed(2023, "1")) + 50), (2024, 1, 0, int(printed(2024, "1"))),
    ],
    "documents_without_figures": [("bare", None), ("scan.pdf", "坏了。")],
    "not_filed": [
        (agency, year)
        for agency, filed in (("乙局", ()), ("宿迁市", (2023, 2024)), ("甲县教育局", (2016, 2022, 2023)))
        for year in (2016, 2020, 2021, 2022, 2023, 2024)
        if year not in filed
    ],
    "counted_twice": [("甲县教育局", 2016, ["2016.html", "copy/2016.html"], 1)],
    "totals_that_do_not_add_up": [("昭通市人民政府办公室", 2021, 81, 0)],
    "carry_over_mismatch": [("甲县教育局", 2023, 10, 12)],
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
def test_a_query_of_the_page_gives_the_known_answer(name: str, database: Any) -> None:
    assert database.execute(QUERIES[name]).fetchall() == ANSWERS[name]


def test_the_reasons_for_refusing_have_their_official_labels(database: Any) -> None:
    rows = database.execute(QUERIES["reasons_for_refusing"]).fetchall()
    assert [row for row in rows if row[0] in (2021, 2022)] == [
        (2021, "4.保护第三方合法权益", 1, 0, 50.0),
        (2021, "5.属于三类内部事务信息", 1, 0, 50.0),
        (2022, "4.保护第三方合法权益", 15, 0, 75.0),
        (2022, "1.属于国家秘密", 5, 0, 25.0),
    ]
    (unknown,) = [row for row in rows if row[0] == 2023 and row[3]]
    assert (unknown[1], unknown[3]) == ("4.保护第三方合法权益", 1)


def test_reports_with_missing_cells_are_told_by_state(database: Any) -> None:
    rows = {row[2]: row[3:] for row in database.execute(QUERIES["reports_with_missing_cells"]).fetchall()}
    disclosure = len(get_format("national-2021").tables["disclosure"].cells)
    litigation = len(get_format("national-2021").tables["litigation"].cells)
    assert rows["2022.html"] == (disclosure, 0, 0, 0)
    assert rows["2023.html"] == (disclosure + litigation, 2, 2, 0)
    assert not set(rows) & set(SAMPLES)


def test_every_query_of_the_page_has_a_known_answer() -> None:
    setting_up = {"views", "roster", "totals"}
    by_hand = {"reasons_for_refusing", "reports_with_missing_cells"}
    assert set(QUERIES) == set(ANSWERS) | setting_up | by_hand
    assert PAGE.count("```sql") == len(QUERIES)


@pytest.mark.parametrize("table", TABLES)
def test_the_page_has_every_column(table: str) -> None:
    kinds = {
        pa.bool_(): "boolean",
        pa.int32(): "Int32",
        pa.int64(): "Int64",
        pa.float64(): "Float64",
        pa.date32(): "date",
        TEXT: "text",
    }
    section = PAGE.split(f"**`{table}`**")[1].split("**`")[0]
    told = re.findall(r"^\| `(\w+)` \| (\w+) \| (.*) \|$", section, re.MULTILINE)
    assert told == [(each.name, kinds[each.type], f"{each.meaning.zh} {each.meaning.en}") for each in TABLES[table]]
