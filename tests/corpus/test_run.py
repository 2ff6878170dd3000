"""Many documents: known again by content, the same result after any interruption, nothing foreign brought to life."""

from __future__ import annotations

import io
import json
import os
import pickle
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from enum import IntEnum
from pathlib import Path
from typing import Any

import pytest

import govstats
from govstats.cli import _run
from govstats.corpus import Settings, cache_folder, entries, storing
from govstats.corpus.engines import Local
from govstats.corpus.ledger import Ledger
from govstats.model.audits import Audited, Unread
from govstats.model.document import Span
from govstats.model.outcomes import Outcome
from govstats.sources import Source, plan
from govstats.text.figures import State

SUQIAN = next(path for path in govstats.samples() if path.name == "suqian-2023.html").read_bytes()
ZHAOTONG = next(path for path in govstats.samples() if "zhaotong" in path.name).read_bytes()


class Watched(Local):
    """Reads in this process, and notes what had to be read."""

    def __init__(self) -> None:
        super().__init__(jobs=0)
        self.read: list[str] = []

    def __call__(self, finish: Any, tasks: Any, /) -> Any:
        return super().__call__(finish, self._noted(tasks))

    def _noted(self, tasks: Any) -> Any:
        for number, source in tasks:
            self.read.append(Path(source.name).name)
            yield number, source


def folder_of(path: Path, pages: int = 12) -> Path:
    """Pages of their own, every third with a fault, a file that cannot be read, and an archive; hours old."""
    path.mkdir(exist_ok=True)
    for number in range(pages):
        page = ZHAOTONG if number % 3 == 0 else SUQIAN
        (path / f"{number:03}.html").write_bytes(page + f"<!-- {number} -->".encode())
    (path / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    with zipfile.ZipFile(path / "more.zip", "w") as archive:
        archive.writestr("某局.html", ZHAOTONG)
    for file in path.iterdir():
        long_ago(file)
    return path


def test_what_the_path_had_to_tell_holds_for_that_path_alone(tmp_path: Path) -> None:
    for folder in ("青山县", "白水县"):
        (tmp_path / "in" / folder).mkdir(parents=True)
        (tmp_path / "in" / folder / "a.txt").write_text("财政局2021年政府信息公开工作年度报告\n一、总体情况\n", "utf-8")
        long_ago(tmp_path / "in" / folder / "a.txt")
    cache = tmp_path / "cache"
    cold = told(tmp_path / "in", cache)
    assert [each["agency"] for each in cold] == ["白水县财政局", "青山县财政局"]
    warm = Watched()
    assert told(tmp_path / "in", cache, warm) == cold == told(tmp_path / "in", None)
    assert not warm.read
    shutil.move(tmp_path / "in" / "白水县", tmp_path / "in" / "红石县")
    assert [each["agency"] for each in told(tmp_path / "in", cache)] == ["红石县财政局", "青山县财政局"]


def long_ago(file: Path) -> None:
    os.utime(file, (time.time() - 10_000,) * 2)


@pytest.fixture(autouse=True)
def _times_settle_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files made by a test count as settled, although they were made just now."""
    monkeypatch.setattr("govstats.corpus.ledger._SETTLED", 0)


def told(folder: Path, cache: Path | None, engine: Local | None = None) -> list[dict[str, Any]]:
    sources = plan([folder]).sources
    return [entry.to_dict() for entry in entries(sources, Settings(engine or Local(0), cache))]


def test_a_second_run_reads_nothing_and_says_the_same(tmp_path: Path) -> None:
    folder, cache = folder_of(tmp_path / "reports"), tmp_path / "cache"
    alone = told(folder, None)
    assert told(folder, cache) == alone
    second = Watched()
    assert told(folder, cache, second) == alone
    assert second.read == []
    assert len(alone) == 14
    assert sum(each["findings"] != [] for each in alone) == 5
    assert sum("error" in each for each in alone) == 1


def test_a_file_that_has_not_changed_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, cache = folder_of(tmp_path / "reports"), tmp_path / "cache"
    (folder / "more.zip").unlink()
    alone = told(folder, cache)

    def opened(source: Source) -> bytes:
        raise AssertionError(source.name)

    monkeypatch.setattr(Source, "head", opened)
    monkeypatch.setattr(Source, "read", opened)
    assert told(folder, cache) == alone


@pytest.mark.parametrize("jobs", [0, 2])
def test_an_archive_that_is_named_as_a_page_is_unpacked_all_the_same(tmp_path: Path, jobs: int) -> None:
    folder, cache = tmp_path / "reports", tmp_path / "cache"
    folder.mkdir()
    with zipfile.ZipFile(folder / "all.html", "w") as archive:
        archive.writestr("甲局.html", ZHAOTONG)
        archive.writestr("乙局.html", SUQIAN)
    (folder / "z.html").write_bytes(SUQIAN + b"<!-- other -->")
    first = told(folder, cache, Local(jobs))
    names = [Path(each["path"]).relative_to(folder).as_posix() for each in first]
    assert names == ["all.html/乙局.html", "all.html/甲局.html", "z.html"]
    assert told(folder, cache, Local(jobs)) == first


@pytest.mark.parametrize("jobs", [0, 1])
def test_archives_in_archives_say_the_same_wherever_they_lie(tmp_path: Path, jobs: int) -> None:
    folder, cache = tmp_path / "reports", tmp_path / "cache"
    folder.mkdir()
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("甲局.html", ZHAOTONG)
    for name in ("nest.zip", "nest.html"):
        with zipfile.ZipFile(folder / name, "w") as archive:
            archive.writestr("in.zip", inner.getvalue())
    first = told(folder, cache, Local(jobs))
    names = [Path(each["path"]).relative_to(folder).as_posix() for each in first]
    assert names == ["nest.html/in.zip/甲局.html", "nest.zip/in.zip/甲局.html"]
    assert [told(folder, cache, Local(jobs)) for _ in range(2)] == [first] * 2


def test_standard_input_is_not_the_file_of_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("-").write_bytes(SUQIAN)
    long_ago(Path("-"))
    settings = Settings(Local(0), tmp_path / "cache")
    (file,) = entries([Source("./-")], settings)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(ZHAOTONG)))
    (piped,) = entries([Source("-")], settings)
    assert isinstance(file, Audited)
    assert isinstance(piped, Audited)
    assert file.report.sha256 != piped.report.sha256


def test_only_what_changed_is_read_again(tmp_path: Path) -> None:
    folder, cache = folder_of(tmp_path / "reports"), tmp_path / "cache"
    told(folder, cache)
    (folder / "001.html").write_bytes(ZHAOTONG + b"<!-- changed -->")
    (folder / "new.html").write_bytes(SUQIAN + b"<!-- new -->")
    (folder / "002.html").unlink()
    second = Watched()
    assert told(folder, cache, second) == told(folder, None)
    assert second.read == ["001.html", "new.html"]


def test_a_change_that_keeps_size_and_time_is_seen(tmp_path: Path) -> None:
    folder, cache = folder_of(tmp_path / "reports"), tmp_path / "cache"
    told(folder, cache)
    page = (folder / "001.html").read_bytes()
    kept = (folder / "001.html").stat()
    (folder / "001.html").write_bytes(page.replace("宿迁市".encode(), "宿松市".encode()))
    os.utime(folder / "001.html", ns=(kept.st_atime_ns, kept.st_mtime_ns))
    assert told(folder, cache) == told(folder, None)


def test_moved_and_copied_files_are_known_by_their_content(tmp_path: Path) -> None:
    folder, cache = folder_of(tmp_path / "reports"), tmp_path / "cache"
    told(folder, cache)
    shutil.copytree(folder, tmp_path / "elsewhere")
    second = Watched()
    there = told(tmp_path / "elsewhere", cache, second)
    assert second.read == []
    assert all("elsewhere" in each["path"] for each in there)
    assert all("reports" not in json.dumps(each["findings"]) for each in there)


def test_another_version_of_the_rules_reads_all_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, cache = folder_of(tmp_path / "reports"), tmp_path / "cache"
    told(folder, cache)
    monkeypatch.setattr("govstats.corpus.settings.version", lambda: "another")
    second = Watched()
    told(folder, cache, second)
    assert len(second.read) == 14


def test_a_broken_ledger_is_begun_anew(tmp_path: Path) -> None:
    folder, cache = folder_of(tmp_path / "reports"), tmp_path / "cache"
    first = told(folder, cache)
    (ledger,) = cache.glob("*.sqlite")
    for damaged in (b"", b"not a database" * 1000, ledger.read_bytes()[:5000] + b"\xff" * 5000):
        for file in cache.iterdir():
            file.unlink()
        ledger.write_bytes(damaged)
        assert told(folder, cache) == first


def test_a_cache_that_cannot_be_used_is_told_and_the_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = folder_of(tmp_path / "reports")
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("GOVSTATS_CACHE_DIR", str(tmp_path / "file" / "cache"))
    assert _run(["check", str(folder), "--format", "json"]) == 1
    shown = capsys.readouterr()
    assert len(json.loads(shown.out)) == 14
    assert "用不了" in shown.err
    assert _run(["check", str(folder), "--cache-dir", str(tmp_path / "file" / "cache")]) == 2


def test_a_run_without_cache_leaves_nothing(tmp_path: Path) -> None:
    _run(["check", str(folder_of(tmp_path / "reports")), "--no-cache"])
    assert not list(cache_folder().glob("*"))
    assert govstats.audit(tmp_path / "reports").unread
    assert not list(cache_folder().glob("*")), "the library keeps nothing unless it is told to"


def test_what_happened_to_one_run_only_is_not_kept(tmp_path: Path) -> None:
    sources = [Source(str(tmp_path / "missing.html")), Source("good", SUQIAN)]
    for _ in range(2):
        engine = Watched()
        missing, good = entries(sources, Settings(engine, tmp_path / "cache"))
        assert isinstance(missing, Unread)
        assert isinstance(good, Audited)
        assert "missing.html" in engine.read


class Harmful:
    """What a foreign ledger might hold."""

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return os.system, ("exit 1",)


@pytest.mark.parametrize("thing", [Harmful(), os.system, subprocess.Popen, Ledger, storing.pickle])
def test_a_foreign_ledger_brings_nothing_to_life(thing: Any) -> None:
    try:
        data = pickle.dumps(thing)
    except TypeError:
        data = b"\x80\x04\x8c\x17govstats.corpus.storing\x8c\x0cpickle.loads\x93."
    with pytest.raises(pickle.UnpicklingError):
        storing.loaded(data)


def test_a_dotted_name_leads_nowhere_else() -> None:
    with pytest.raises((pickle.UnpicklingError, AttributeError)):
        storing.loaded(b"\x80\x04\x8c\x0fgovstats.errors\x8c\x04Text\x93.")


@pytest.mark.parametrize("member", [Outcome.FAIL, Span.FROM_LEFT, State.BLANK])
def test_enums_are_kept_as_the_first_python_3_11_keeps_them_too(
    member: IntEnum, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        type(member), "__reduce_ex__", lambda each, _protocol: (getattr, (type(each), each.name)), raising=False
    )
    assert storing.loaded(storing.dumped(member)) is member


KILLS = 20 if os.environ.get("GOVSTATS_NIGHTLY") else 4


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_a_run_that_is_killed_goes_on_and_says_the_same(tmp_path: Path) -> None:
    folder, cache = folder_of(tmp_path / "reports", 400), tmp_path / "cache"
    command = [sys.executable, "-m", "govstats", "check", str(folder), "--format", "jsonl", "--cache-dir", str(cache)]
    whole = subprocess.run([*command[:-2], "--no-cache"], capture_output=True, check=False)
    chance = random.Random(7)  # noqa: S311
    for _ in range(KILLS):
        run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        time.sleep(chance.uniform(0.5, 2.5))
        os.killpg(run.pid, signal.SIGKILL)
        run.communicate()
    resumed = subprocess.run(command, capture_output=True, check=False)
    assert resumed.returncode == whole.returncode == 1
    assert resumed.stdout == whole.stdout


def suqian_years(tmp_path: Path, change: tuple[str, str] = ("", "")) -> list[Path]:
    """The two real years, the later with one passage changed."""
    made = []
    for path in (path for path in govstats.samples() if "suqian" in path.name):
        text = path.read_text("utf-8")
        if path.suffix == ".txt":
            assert change[0] in text
            text = text.replace(*change, 1)
        made.append(tmp_path / path.name)
        made[-1].write_text(text, "utf-8")
    return made


def test_two_real_years_agree_and_a_change_in_one_is_named(tmp_path: Path) -> None:
    assert govstats.audit(suqian_years(tmp_path)).findings == ()
    carried = next(
        line
        for line in (tmp_path / "suqian-2024.txt").read_text("utf-8").splitlines()
        if line.startswith("二、上年结转") or "二、上年结转" in line
    )
    figure = next(part for part in carried.replace("|", "\t").split() if part.isdigit() and int(part) > 9)
    changed = carried.replace(figure, str(int(figure) + 10), 1)
    audit = govstats.audit(suqian_years(tmp_path, (carried, changed)))
    (told,) = audit.findings
    assert told.rule == "B201"
    assert "suqian-2023.html" in str(told)
    assert [each.to for each in told.repair] == [float(figure)]


def test_a_roster_tells_who_has_not_filed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "units.csv").write_text("单位,上级\n宿迁市,\n宿迁市财政局,宿迁市\n", "utf-8")
    paths = [str(tmp_path)]
    suqian_years(tmp_path)
    assert (
        _run(["check", *paths, "--roster", str(tmp_path / "units.csv"), "--format", "json", "--fail-on", "warning"])
        == 1
    )
    told = json.loads(capsys.readouterr().out)
    assert [(each["agency"], each["year"]) for each in told] == [
        ("宿迁市", 2023),
        ("宿迁市", 2024),
        ("宿迁市财政局", None),
    ]
    assert [finding["rule"] for each in told for finding in each["findings"]] == ["R702"]
    audit = govstats.audit(paths, roster=tmp_path / "units.csv")
    assert len(audit.findings) == 1
    assert "2 份报告" in str(audit.summary)
