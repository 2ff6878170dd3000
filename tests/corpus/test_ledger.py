"""The ledger under siege: whatever happens to its file, a run says what one without it says, and the next one too."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from govstats.corpus import Settings, running
from govstats.corpus.engines import Local
from govstats.sources import plan
from tests.corpus.test_run import Watched, folder_of, told

TRIALS = 500 if os.environ.get("GOVSTATS_NIGHTLY") else 25
SECTOR = 512
RUNS = 5
"""What is damaged in several places may come to light in as many runs; then all is known again."""


@pytest.fixture(autouse=True)
def _times_settle_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govstats.corpus.ledger._SETTLED", 0)


@pytest.fixture
def full(tmp_path: Path) -> tuple[Path, Path, list[dict[str, Any]]]:
    """A folder, a cache that knows all of it, and what is said of it without a cache."""
    folder, cache = folder_of(tmp_path / "reports", 5), tmp_path / "cache"
    told(folder, cache)
    return folder, cache, told(folder, None)


def bit_flipped(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def sector_zeroed(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data) // SECTOR) * SECTOR
    data[start : start + SECTOR] = bytes(SECTOR)


def many_bits_flipped(data: bytearray, chance: random.Random) -> None:
    for _ in range(100):
        bit_flipped(data, chance)


def cut_short(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


@pytest.mark.parametrize("damage", [bit_flipped, sector_zeroed, many_bits_flipped, cut_short])
@pytest.mark.parametrize("still_open", [False, True], ids=["closed", "killed"])
def test_a_damaged_ledger_changes_nothing(
    full: tuple[Path, Path, list[dict[str, Any]]], tmp_path: Path, damage: Any, still_open: bool
) -> None:
    folder, cache, alone = full
    kept = tmp_path / "kept"
    if still_open:  # as a killed run leaves it: the last results are still in the log beside it
        shutil.rmtree(cache)
        with running(Settings(Local(0), cache)) as run:
            run.read(plan([folder]).sources)
            shutil.copytree(cache, kept)
    else:
        shutil.copytree(cache, kept)
    chance = random.Random(22)  # noqa: S311
    for trial in range(TRIALS):
        shutil.rmtree(cache)
        shutil.copytree(kept, cache)
        file = chance.choice([each for each in sorted(cache.iterdir()) if each.stat().st_size >= SECTOR])
        data = bytearray(file.read_bytes())
        damage(data, chance)
        file.write_bytes(data)
        reads = []
        for _ in range(RUNS):
            watched = Watched()
            assert told(folder, cache, watched) == alone, trial
            reads.append(len(watched.read))
            if len(reads) > 2 and not watched.read:
                break
        assert not reads[-1], (trial, reads)


def test_of_a_damaged_entry_only_this_one_is_read_again(full: tuple[Path, Path, list[dict[str, Any]]]) -> None:
    folder, cache, alone = full
    (path,) = cache.glob("*.sqlite")
    with sqlite3.connect(path) as file:
        ((record,),) = file.execute("SELECT record FROM documents WHERE id = 3")
        damaged = record[:300] + bytes([record[300] ^ 1]) + record[301:]
        file.execute("UPDATE documents SET record = ? WHERE id = 3", (damaged,))
    file.close()
    first, second = Watched(), Watched()
    assert told(folder, cache, first) == alone
    assert len(first.read) == 1
    assert told(folder, cache, second) == alone
    assert second.read == []


def test_results_that_changed_places_are_not_believed(full: tuple[Path, Path, list[dict[str, Any]]]) -> None:
    """Whole entries, each with a digest that agrees, under one another's name."""
    folder, cache, alone = full
    (path,) = cache.glob("*.sqlite")
    with sqlite3.connect(path) as file:
        (one, first), (other, last) = file.execute("SELECT id, record FROM documents WHERE id IN (1, 2)").fetchall()
        file.execute("UPDATE documents SET record = ? WHERE id = ?", (last, one))
        file.execute("UPDATE documents SET record = ? WHERE id = ?", (first, other))
        (here, seen), (there, also) = file.execute("SELECT path, seen FROM files ORDER BY path LIMIT 2").fetchall()
        file.execute("UPDATE files SET seen = ? WHERE path = ?", (also, here))
        file.execute("UPDATE files SET seen = ? WHERE path = ?", (seen, there))
    file.close()
    assert told(folder, cache) == alone


@pytest.mark.parametrize(
    "change",
    [
        "DROP TABLE documents",
        "DROP TABLE files",
        "ALTER TABLE documents RENAME COLUMN record TO other",
        "DELETE FROM documents WHERE id = 2",
        "PRAGMA user_version = 7",
    ],
)
def test_a_ledger_of_another_shape_is_begun_anew(full: tuple[Path, Path, list[dict[str, Any]]], change: str) -> None:
    folder, cache, alone = full
    (path,) = cache.glob("*.sqlite")
    with sqlite3.connect(path) as file:
        file.execute(change)
    file.close()
    assert told(folder, cache) == alone


def test_a_ledger_that_breaks_while_it_is_used_ends_nothing(full: tuple[Path, Path, list[dict[str, Any]]]) -> None:
    folder, cache, alone = full
    (path,) = cache.glob("*.sqlite")
    with running(Settings(Local(0), cache)) as run:
        path.write_bytes(b"\xff" * path.stat().st_size)
        run.read(plan([folder]).sources)
        run.compare()
        assert [entry.to_dict() for entry in run.entries()] == alone
    assert told(folder, cache) == alone


def test_a_ledger_that_takes_no_more_is_told_and_ends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, cache = folder_of(tmp_path / "reports", 5), tmp_path / "cache"

    def full_disk(*_: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr("govstats.corpus.ledger._keep", full_disk)
    with running(Settings(Local(0), cache)) as run:
        run.read(plan([folder]).sources)
        run.compare()
        assert "full" in str(run.not_kept)
        assert [entry.to_dict() for entry in run.entries()] == told(folder, None)


def test_a_ledger_that_another_holds_is_told_and_ends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govstats.corpus.ledger._PATIENCE", 0.1)
    folder, cache = folder_of(tmp_path / "reports", 5), tmp_path / "cache"
    with running(Settings(Local(0), cache)) as run:
        (path,) = cache.glob("ledger-*.sqlite")
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        run.read(plan([folder]).sources)
        other.close()
        run.compare()
        assert "locked" in str(run.not_kept)
        assert [entry.to_dict() for entry in run.entries()] == told(folder, None)
