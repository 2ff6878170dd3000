"""In a worker of `multiprocessing`, which may start no process of its own, an audit works or says what to do."""

from __future__ import annotations

import multiprocessing
import threading
from pathlib import Path

import pytest

import govstats
from govstats.errors import UsageError

SAMPLE = govstats.samples()[0]


def audited(paths: list[str], jobs: int | None) -> str:
    return govstats.audit(paths, jobs=jobs).summary.of("en")


def beside_a_thread(paths: list[str], jobs: int | None) -> str:
    """Where no copy of the process can be made."""
    wait = threading.Event()
    threading.Thread(target=wait.wait).start()
    try:
        return audited(paths, jobs)
    except UsageError as error:
        return error.text("en")
    finally:
        wait.set()


@pytest.fixture
def many(tmp_path: Path) -> list[str]:
    paths = [tmp_path / f"{number}.html" for number in range(40)]
    for number, path in enumerate(paths):
        path.write_bytes(SAMPLE.read_bytes() + f"<!-- {number} -->".encode())
    return list(map(str, paths))


def test_an_audit_works_in_a_daemonic_process(many: list[str]) -> None:
    """Beside a thread no copy of it can be made: it reads itself, unless it was told to start processes."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        told = [pool.apply(audited, (many, jobs)) for jobs in (None, 0, 2)]
        assert pool.apply(beside_a_thread, (many, None)) == told[0]
        assert "jobs=0" in pool.apply(beside_a_thread, (many, 2))
    assert told[0].startswith("40 reports checked")
    assert len(set(told)) == 1
