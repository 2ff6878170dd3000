"""What goes wrong on the server's side: visitors are told the truth and when to come again, its keeper reads why."""

from __future__ import annotations

import errno
import logging
import sqlite3
from typing import Any

import pytest

pytest.importorskip("starlette", reason="the extra `serve` is not installed")

from govstats.corpus.engines.worker import DiedError
from govstats.errors import CatalogError, UsageError
from govstats.lang import Text
from govstats.serve.reading import Workers
from govstats.serve.settings import Bounds
from tests.serve.serving import CLEAN, client, part

_TOLD = Text("不对", "wrong")


def because(cause: Exception, error: Exception | None = None) -> Exception:
    made = error or UsageError(_TOLD)
    made.__cause__ = cause
    return made


def of_a_table(number: int) -> sqlite3.Error:
    made = sqlite3.OperationalError("of a table")
    made.sqlite_errorcode = number
    return made


NO_ROOM = [
    MemoryError(),
    OSError(errno.ENOSPC, "disk"),
    OSError(errno.EMFILE, "handles"),
    because(DiedError()),
    because(of_a_table(sqlite3.SQLITE_FULL)),
    because(of_a_table(sqlite3.SQLITE_IOERR | 3 << 8)),
]
FAULTS = [ZeroDivisionError(), OSError(errno.ENOENT, "gone"), CatalogError(_TOLD), because(of_a_table(1))]


@pytest.fixture(scope="module")
def page() -> Any:
    with client(bounds=Bounds(at_once=1, waiting=0)) as made:
        yield made


@pytest.fixture
def asked(page: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Any:
    """Ask for an audit during which something is raised: the answer of the interface, that of the page, the log."""

    def ask(error: Exception) -> tuple[Any, str, str]:
        def raises(*_: object, **__: object) -> None:
            raise error

        with monkeypatch.context() as bent, caplog.at_level(logging.WARNING):
            bent.setattr(Workers, "run", raises)
            answers = [page.post(path, files=[part(CLEAN)]) for path in ("/api/check", "/check")]
        return answers[0], answers[1].text, caplog.text

    return ask


@pytest.mark.parametrize("error", NO_ROOM, ids=repr)
def test_where_there_is_no_room_visitors_are_told_to_come_again(error: Exception, asked: Any) -> None:
    answer, shown, logged = asked(error)
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert "过一会儿再试" in answer.json()["error"]["zh"]
    assert "Try again" in answer.json()["error"]["en"]
    assert "过一会儿再试" in shown
    assert "Traceback" in logged


@pytest.mark.parametrize("error", FAULTS, ids=repr)
def test_what_is_a_fault_is_called_one_and_its_keeper_reads_where(error: Exception, asked: Any) -> None:
    answer, shown, logged = asked(error)
    assert answer.status_code == 500
    assert "retry-after" not in answer.headers
    assert answer.json()["error"]["zh"] in shown
    assert "Traceback" in logged
    assert type(error).__name__ in logged


def test_after_all_that_there_is_room_for_the_next(page: Any) -> None:
    (told,) = page.post("/api/check", files=[part(CLEAN)]).json()
    assert told["agency"] == "宿迁市"


def test_who_finds_too_many_waiting_is_told_when_to_come_again() -> None:
    with client(bounds=Bounds(at_once=1, waiting=-1)) as page:
        answer = page.post("/api/check", files=[part(CLEAN)])
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert "太多" in answer.json()["error"]["zh"]
