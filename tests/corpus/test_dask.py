"""Workers of a dask scheduler: the same results byte for byte; what goes wrong costs one document, or is told."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

import click
import pytest

import govstats
from govstats.catalog.version import version
from govstats.cli import _run, cli
from govstats.corpus import Settings, entries
from govstats.corpus.engines import Limits, Local, chosen, dask, lanes
from govstats.corpus.engines.dask import Dask
from govstats.corpus.records import records
from govstats.errors import UsageError
from govstats.model.audits import Unread
from govstats.sources import Source, plan
from tests.corpus.test_engines import Trap, traps
from tests.corpus.test_run import folder_of
from tests.folders import ROOT

distributed = pytest.importorskip("distributed")
LIMITS = Limits(seconds=1.0, memory=2**28)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A scheduler and two workers with nannies, each a process of its own, as on other machines."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", memory_limit=None, silence_logs=50
    ) as started:
        yield started


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return folder_of(tmp_path / "reports", 30)


def checked(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert _run(["check", *words, "--no-cache"]) == 1
    return capsys.readouterr().out


@pytest.mark.parametrize("format_", ["json", "text"])
def test_a_cluster_says_what_this_machine_says(
    cluster: Any, folder: Path, format_: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    words = (folder.name, "--format", format_)
    alone = checked(capsys, *words, "--jobs", "2")
    assert "broken.pdf" in alone
    assert "某局" in alone
    assert checked(capsys, *words, "--engine", "dask", "--jobs", "2") == alone
    assert checked(capsys, *words, "--engine", "dask", "--scheduler", cluster.scheduler_address) == alone


def test_records_are_the_same_to_the_byte(cluster: Any, folder: Path) -> None:
    tasks = list(enumerate(plan([folder]).sources))
    assert list(Dask(cluster.scheduler_address)(records, tasks)) == list(Local(2)(records, tasks))


def test_show_fix_and_python_go_the_same_way(cluster: Any, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = ["--engine", "dask", "--scheduler", cluster.scheduler_address]
    for command in (["show", str(folder), "--format", "csv"], ["fix", str(folder)]):
        told = []
        for manner in (["--jobs", "2"], there):
            assert _run([*command, "--no-cache", *manner]) == 2
            told.append(capsys.readouterr().out)
        assert told[0] == told[1] != ""
    audit = govstats.audit(folder, engine="dask", scheduler=cluster.scheduler_address)
    assert audit.summary == govstats.audit(folder, jobs=2).summary


def test_a_document_that_harms_costs_one_document_and_no_worker(cluster: Any) -> None:
    before = set(cluster.scheduler.workers)
    kinds = ["", "killed", "", "endless", "asleep", "", "memory", "", *[""] * 8]
    found = list(entries(traps(*kinds), Settings(Dask(cluster.scheduler_address, limits=LIMITS))))
    assert len(found) == len(kinds)
    unread = {each.path: str(each.error) for each in found if isinstance(each, Unread)}
    assert list(unread) == ["1-killed", "3-endless", "4-asleep", "6-memory"]
    assert "意外中止" in unread["1-killed"]
    assert "1 秒" in unread["3-endless"]
    assert "1 秒" in unread["4-asleep"]
    assert set(cluster.scheduler.workers) == before


class Deadly(Trap):
    """A document that ends every dask worker that gets it, as if memory ran out on one machine after the other."""

    def __reduce__(self) -> Any:
        return _revived, (self.name,)


def _revived(name: str) -> Source:
    if multiprocessing.current_process().name.startswith("Dask Worker"):
        os.kill(os.getpid(), signal.SIGKILL)
    return Deadly(name)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_a_worker_that_is_killed_is_replaced_by_the_others(cluster: Any, folder: Path) -> None:
    tasks = list(enumerate(plan([folder] * 5).sources))
    results = Dask(cluster.scheduler_address)(records, tasks)
    found = [next(results)]
    os.kill(cluster.workers[0].pid, signal.SIGKILL)
    found += results
    assert found == list(Local(2)(records, tasks))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_a_document_that_ends_whole_workers_costs_one_document(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster.scheduler, "allowed_failures", 0)
    sources = [*traps("", ""), Deadly("deadly"), *traps("", "", "")]
    found = list(entries(sources, Settings(Dask(cluster.scheduler_address))))
    assert [isinstance(each, Unread) for each in found] == [False, False, True, False, False, False]
    assert found[2].path == "deadly"  # type: ignore[union-attr]
    assert "几次都意外中止" in str(found[2].error)  # type: ignore[union-attr]


def test_a_scheduler_that_goes_away_is_told() -> None:
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0", silence_logs=50
    ) as short:
        results = Dask(short.scheduler_address)(records, enumerate(traps(*[""] * 400)))
        next(results)
    with pytest.raises(UsageError, match="集群中断"):
        list(results)


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent otherwise there")
def test_ctrl_c_ends_the_run_and_tells_what_was_read(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "reports", 800)
    command = [sys.executable, "-m", "govstats", "check", str(folder), "--format", "json", "--no-cache"]
    run = subprocess.Popen(
        [*command, "--engine", "dask", "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    while not any(log.stat().st_size for log in tmp_path.glob("govstats-*.log")):
        assert run.poll() is None
        time.sleep(0.1)
    os.killpg(run.pid, signal.SIGINT)
    out, err = run.communicate(timeout=60)
    assert run.returncode == 2
    assert "已中断" in err
    assert "Traceback" not in err
    assert 0 < len(json.loads(out)) < 800


ALONE = """
import os, signal
from govstats.corpus.engines import Limits
from govstats.corpus.engines.lane import Lane
from govstats.sources import Source
Lane(list, Limits()).process([(0, Source("text", b"text"))])
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a process does not learn there that its parent is gone")
def test_the_processes_of_a_worker_that_was_killed_end() -> None:
    """They hold its standard output: it closes when the last of them is gone."""
    subprocess.run([sys.executable, "-c", ALONE], capture_output=True, timeout=30, check=False)


@pytest.mark.timeout(120)
def test_a_scheduler_of_nobody_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    for given in (address, "tcp://nobody.invalid:8786", "nonsense"):
        assert _run(["check", str(folder), "--engine", "dask", "--scheduler", given]) == 2
        assert f"连不上调度器 {given}" in capsys.readouterr().err


def test_a_scheduler_without_workers_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govstats.corpus.engines.cluster._WORKERS", 0.5)
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0", silence_logs=50) as empty,
        pytest.raises(UsageError, match="没有工作机"),
    ):
        govstats.audit(folder, engine="dask", scheduler=empty.scheduler_address)


def test_another_version_on_the_workers_is_told(cluster: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govstats.corpus.engines.cluster.version", lambda: "another")
    with pytest.raises(UsageError, match="和本机的不同"):
        govstats.audit(folder, engine="dask", scheduler=cluster.scheduler_address)


def test_a_worker_of_another_version_that_joins_later_is_told(
    cluster: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("govstats.corpus.engines.dask.version", lambda: "another")
    with pytest.raises(UsageError, match="和本机的不同"):
        govstats.audit(folder, engine="dask", scheduler=cluster.scheduler_address)


def test_files_that_workers_cannot_see_are_told(cluster: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govstats.corpus.engines.cluster._seen_here", lambda source: "/nowhere/1.html")
    with pytest.raises(UsageError, match=r"看不到 /nowhere/1\.html"):
        govstats.audit(folder, engine="dask", scheduler=cluster.scheduler_address)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--scheduler", "tcp://h:1"], "--engine dask"),
        (["--engine", "dask", "--scheduler", "tcp://h:1", "--jobs", "2"], "--scheduler"),
        (["--engine", "dask", "--jobs", "0"], "至少为 1"),
    ],
)
def test_options_that_do_not_go_together_are_told(
    words: list[str], told: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(["check", str(folder), *words]) == 2
    assert told in capsys.readouterr().err


def test_without_distributed_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govstats.corpus.engines.dask.find_spec", lambda name: None)
    with pytest.raises(UsageError, match="pip install 'govstats\\[dask\\]'"):
        chosen("dask")


def test_few_chunks_are_in_hand_whatever_the_size(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sources are taken as results are given: memory is bounded for any number of them."""
    taken = 0

    def endless() -> Iterator[tuple[int, Source]]:
        nonlocal taken
        while True:
            yield taken, Source(f"{taken}.txt", b"")
            taken += 1

    results = Dask(cluster.scheduler_address)(records, endless())
    given = len([next(results) for _ in range(3)])
    assert taken - given <= (dask._AHEAD * 2 + 2) * 50
    results.close()  # type: ignore[attr-defined]


def test_a_run_that_is_left_early_leaves_no_process(cluster: Any) -> None:
    results = Dask(cluster.scheduler_address)(records, enumerate(traps(*[""] * 400)))
    next(results)
    results.close()  # type: ignore[attr-defined]
    with distributed.Client(cluster, set_as_default=False) as client:
        assert set(client.run(_lanes_left).values()) == {0}


def test_a_chunk_that_comes_after_its_run_ended_starts_no_process() -> None:
    lanes.close("an ended run")
    with pytest.raises(CancelledError):
        lanes.process("an ended run", version(), records, [(0, Source("a.txt", b""))], Limits())
    assert "an ended run" not in lanes._started


def _lanes_left() -> int:
    return len(lanes._started)


SCALE = (ROOT / "docs" / "scale.md").read_text("utf-8")


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_the_commands_of_the_page_about_scale_run(tmp_path: Path) -> None:
    (tmp_path / "报告").mkdir()
    for name in ("江苏", "云南"):
        folder_of(tmp_path / "报告" / name, 2)
    (tmp_path / "units.csv").write_text("unit,parent\n宿迁市,\n", "utf-8")
    begin = f'set -e\ngovstats() {{ "{sys.executable}" -m govstats "$@" || [ $? -le 2 ]; }}\n'
    root = str(Path(govstats.__file__).parents[1])
    for block in re.findall(r"```sh\n(.*?)```", SCALE, re.DOTALL):
        run = subprocess.run(
            ["bash", "-c", begin + block],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": root},
            check=False,
        )
        assert run.returncode == 0, run.stderr
        assert "Usage" not in run.stderr
    told = [json.loads(line) for line in (tmp_path / "结果.jsonl").read_text("utf-8").splitlines()]
    assert len(told) == 8
    assert len((tmp_path / "没读成.jsonl").read_text("utf-8").splitlines()) == 2
    for name in ("汇总.txt", "面板.parquet", "面板-江苏.parquet", "结果-云南.jsonl"):
        assert (tmp_path / name).stat().st_size


def test_the_other_commands_of_that_page_have_options_that_are_known() -> None:
    lines = [line for block in re.findall(r"```console\n(.*?)```", SCALE, re.DOTALL) for line in block.splitlines()]
    ours = [shlex.split(line, comments=True) for line in lines if line.startswith("govstats ")]
    assert len(ours) == 3
    for _, name, *words in ours:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("-")} <= known
