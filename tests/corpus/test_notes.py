"""What a worker notes is read by several threads of its parent, also when it was just replaced; nobody is misled."""

from __future__ import annotations

import os
from threading import Thread, current_thread

import pytest

from govstats.corpus.engines import notes
from govstats.corpus.engines.notes import IDLE, STARTING, Notes

_MOMENT = 0.2
"""Seconds in which a thread that nobody holds up would long be done."""


def test_two_threads_that_read_at_once_both_read_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """One between the two steps of the other."""
    made, told = Notes(), list[tuple[int, int]]()
    made.path.write_bytes(notes._noted(7))
    other = Thread(target=lambda: told.append(made.page))
    first, seek = current_thread(), os.lseek

    def lseek(*where: int) -> int:
        found = seek(*where)
        if current_thread() is first:
            other.start()
            other.join(_MOMENT)
        return found

    monkeypatch.setattr(notes.os, "lseek", lseek)
    told.append(made.page)
    other.join()
    made.close()
    assert told == [(7, 0), (7, 0)]


def test_closed_notes_are_those_of_one_that_never_began() -> None:
    """Who asks for the page meanwhile touches no other file; whose process must be replaced tries again."""
    made = Notes()
    made.path.write_bytes(notes._noted(IDLE))
    assert made.read() == (IDLE, [])
    made.close()
    assert made.page == (STARTING, 0)
    assert made.read() == (STARTING, [])
