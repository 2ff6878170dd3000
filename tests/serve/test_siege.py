"""The page under siege: who sends nothing, too much or too slowly costs the others neither time nor memory."""

from __future__ import annotations

import asyncio
import re
import socket
import tracemalloc
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

pytest.importorskip("starlette", reason="the extra `serve` is not installed")

from govstats.serve import answers, gate
from govstats.serve.headers import HEADERS
from govstats.serve.parts import BrokenForm, parts_of
from tests.serve.serving import CLEAN, client, part, server

MIB = 2**20


@pytest.fixture(scope="module")
def page() -> Any:
    with client() as made:
        yield made


def has_all_headers(answer: Any) -> bool:
    return all(answer.headers.get(name) == value for name, value in HEADERS.items())


def test_texts_are_counted_together(page: Any) -> None:
    texts = [("text", (None, "字" * MIB)) for _ in range(15)]
    answer = page.post("/api/check", files=texts)
    assert answer.status_code == 413
    assert "8 MB" in answer.json()["error"]["en"]


def test_many_small_texts_are_one_document(page: Any) -> None:
    half = CLEAN.read_bytes()
    texts = [("text", (None, each)) for each in (half[:1000], half[1000:])]
    (told,) = page.post("/api/check", files=texts).json()
    assert told["findings"] == []
    assert told["agency"] == "宿迁市"


def test_what_is_sent_is_not_in_memory() -> None:
    async def body() -> Any:
        for number in range(100):
            yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="%d"\r\n\r\n' % number
            for _ in range(16):
                yield bytes(2**16)
            yield b"\r\n"
        yield b"--x--\r\n"

    tracemalloc.start()
    parts = asyncio.run(parts_of("multipart/form-data; boundary=x", body(), lambda *_: None))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [part.size for part in parts.found] == [MIB] * 100
    assert parts.read(parts.found[99]) == bytes(MIB)
    assert most < 4 * MIB
    parts.close()


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Disposition: form-data; name=" + b"x" * 20_000,
        b"X: y\r\n" * 100 + b'Content-Disposition: form-data; name="text"',
        b"Content-Disposition: form-data",
        b"nothing",
    ],
)
def test_heads_of_parts_are_bounded(head: bytes) -> None:
    async def body() -> Any:
        yield b"--x\r\n" + head + b"\r\n\r\n1\r\n--x--\r\n"

    with pytest.raises(BrokenForm):
        asyncio.run(parts_of("multipart/form-data; boundary=x", body(), lambda *_: None))


@pytest.mark.parametrize("origin", ["http://[bad", "http://[::1", "null", "", "http://a@127.0.0.1:8765", "\xff"])
def test_an_origin_that_is_none_is_of_another_site(page: Any, origin: str) -> None:
    answer = page.post("/check", files=[part(CLEAN)], headers={"origin": origin.encode("latin-1")})
    assert answer.status_code == 403
    assert has_all_headers(answer)


def test_what_nobody_foresaw_has_all_headers(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError

    with client() as page:
        monkeypatch.setattr(gate, "_is_cross_site", fails)
        monkeypatch.setattr(answers.View, "index", fails)
        for answer in (page.get("/"), page.post("/api/check", files=[part(CLEAN)])):
            assert answer.status_code == 500
            assert has_all_headers(answer)


def test_all_links_hold_behind_a_path_of_a_proxy(page: Any) -> None:
    result = page.post("/check", files=[part(CLEAN)])
    here = re.search(r'data-here="([^"]+)"', result.text)
    assert here
    pages = {"/": page.get("/"), "/check": result, "/api": page.get("/api"), "/a/b/c": page.get("/a/b/c")}
    pages["/" + here[1].removeprefix("./")] = page.get(here[1].removeprefix("."))
    for path, answer in pages.items():
        links = re.findall(r'(?:href|src|action)="([^"#]+)"', answer.text)
        assert links
        for link in links:
            assert not urlsplit(link).scheme
            there = urlsplit(urljoin(f"https://office/reports{path}", link)).path
            assert there.startswith("/reports/"), (path, link)
            known = page.get(there.removeprefix("/reports")).status_code
            assert known in {200, 405}, (path, link)


def slow(answers: list[int]) -> Any:
    """A visitor who sends little, and then nothing."""
    gave = []

    async def receive() -> Any:
        if gave:
            await asyncio.sleep(3600)
        gave.append(1)
        return {"type": "http.request", "body": b"--x\r\n", "more_body": True}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            answers.append(message["status"])

    return receive, send


def test_slow_uploads_make_room_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "_MOST", 3)
    monkeypatch.setattr(gate, "_FAIR", 0.0)
    kind = [(b"host", b"127.0.0.1:8765"), (b"content-type", b"multipart/form-data; boundary=x")]
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/api/check",
        "headers": kind,
        "query_string": b"",
        "scheme": "http",
    }
    with client() as page:

        async def visits() -> list[list[int]]:
            told: list[list[int]] = []
            waiting = []
            for _ in range(5):
                told.append([])
                receive, send = slow(told[-1])
                waiting.append(asyncio.create_task(page.app({**scope}, receive, send)))
                await asyncio.sleep(0.1)
            await asyncio.sleep(0.5)
            for each in waiting:
                each.cancel()
            return told

        told = asyncio.run(visits())
    assert sorted(status for each in told for status in each) == [503, 503]


def test_who_says_nothing_makes_room_for_others(tmp_path: Path) -> None:
    bent = "from govstats.serve import connection; connection._SECONDS = 2.0"
    with server(tmp_path, "--jobs", "1", bent=bent) as (url, _):
        where = (urlsplit(url).hostname, urlsplit(url).port)
        silent = [socket.create_connection(where) for _ in range(300)]
        half = [socket.create_connection(where) for _ in range(100)]
        for each in half:
            each.sendall(b"GET / HTTP/1.1\r\nHost: 127")
        import httpx

        assert httpx.get(f"{url}/healthz", timeout=10).text == "ok\n"
        half[-1].settimeout(60)
        assert half[-1].recv(1) == b""
        for each in (*silent, *half):
            each.close()


def test_what_is_no_http_gets_all_headers(tmp_path: Path) -> None:
    told = b""
    with (
        server(tmp_path, "--jobs", "1", says="WARNING:  Invalid HTTP request received.\n") as (url, _),
        socket.create_connection((urlsplit(url).hostname, urlsplit(url).port), timeout=30) as talk,
    ):
        talk.sendall(b"nonsense\r\n\r\n")
        while more := talk.recv(4096):
            told += more
    assert told.startswith(b"HTTP/1.1 400")
    for name, value in HEADERS.items():
        assert f"{name}: {value}".lower().encode() in told.lower()
