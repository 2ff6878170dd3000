"""The server as a process: how it starts and stops, what a kill leaves behind, how fast it is, how much it needs."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from contextlib import ExitStack, closing, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import psutil
import pytest

from govstats.cli import _run
from tests.serve.serving import CLEAN, ZHAOTONG, part, server

pytest.importorskip("uvicorn", reason="the extra `serve` is not installed")
httpx = pytest.importorskip("httpx", reason="httpx (extra `test`) is not installed")

from govstats.serve.folder import clear, private_folder  # noqa: E402

NIGHTLY = "GOVSTATS_NIGHTLY" in os.environ
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX")
CLIENTS = 20
MEMORY = 2**30
_PAGE = 95_000


@POSIX
def test_whoever_still_sends_when_it_stops_is_cut_off_without_a_word(tmp_path: Path) -> None:
    with server(tmp_path, bent="from govstats.serve import running; running._GRACE = 1") as (url, process):
        sending = [started_upload(url) for _ in range(3)]
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        for each in sending:
            each.close()
    assert not left_in(tmp_path)


@POSIX
def test_who_has_asked_before_does_not_make_room_for_those_that_say_nothing(tmp_path: Path) -> None:
    with server(tmp_path) as (url, _), ExitStack() as held:
        host, port = str(httpx.URL(url).host), httpx.URL(url).port
        known = held.enter_context(closing(HTTPConnection(host, port)))
        known.auto_open = 0  # on the connection that it has, or not at all
        known.connect()
        for _ in range(2):
            known.request("GET", "/healthz")
            assert known.getresponse().read() == b"ok\n"
            for _ in range(300):
                held.enter_context(socket.create_connection((host, port)))
            time.sleep(0.5)


@POSIX
def test_those_that_have_asked_before_do_not_lock_newcomers_out(tmp_path: Path) -> None:
    with server(tmp_path) as (url, _), ExitStack() as held:
        address = httpx.URL(url)
        for _ in range(260):
            talk = held.enter_context(closing(HTTPConnection(str(address.host), address.port)))
            talk.request("GET", "/healthz")
            talk.getresponse().read()
        newcomer = held.enter_context(socket.create_connection((address.host, address.port)))
        time.sleep(0.5)
        newcomer.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert b"200" in newcomer.recv(100)


def large(report: Path, number: int) -> bytes:
    """The report in a page of 95 KB, as sites wrap them."""
    around = "".join(f'<li><a class="nav-item" href="/col/col{n}/index.html">栏目导航</a></li>' for n in range(1500))
    text = report.read_text("utf-8").replace("</body>", f"<ul>{around}</ul></body>")
    return text.encode()[:_PAGE] + f"<!-- {number} -->".encode()


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@POSIX
def test_a_clean_stop_leaves_nothing(tmp_path: Path) -> None:
    with server(tmp_path) as (url, process):
        assert httpx.get(f"{url}/healthz").text == "ok\n"
        httpx.post(f"{url}/check", files=[part(ZHAOTONG)])
        assert len(left_in(tmp_path)) == 1
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    assert not left_in(tmp_path)


@POSIX
def test_it_opens_in_the_browser_once_it_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spool, browser = tmp_path / "spool", tmp_path / "browser"
    spool.mkdir()
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened.part\nmv {tmp_path}/opened.part {tmp_path}/opened\n')
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(browser))
    with server(spool, "--open") as (url, _):
        until = time.monotonic() + 30
        while not (tmp_path / "opened").exists() and time.monotonic() < until:
            time.sleep(0.05)
        assert (tmp_path / "opened").read_text().strip() == f"{url}/"


def started_upload(url: str) -> socket.socket:
    """An upload of which half is sent."""
    host, _, port = url.removeprefix("http://").partition(":")
    made = socket.create_connection((host, int(port)))
    made.sendall(
        f"POST /check HTTP/1.1\r\nHost: {host}\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        "Content-Length: 9000000\r\n\r\n--x\r\n"
        'Content-Disposition: form-data; name="files"; filename="secret.html"\r\n\r\n'.encode()
    )
    made.sendall(b"\xe5\xaf\x86" * 1_500_000)
    return made


@POSIX
def test_killed_in_the_middle_of_an_upload_nothing_is_left_after_the_next_start(tmp_path: Path) -> None:
    with server(tmp_path) as (url, process):
        with started_upload(url):
            time.sleep(1.0)
            process.send_signal(signal.SIGKILL)
            process.wait(10)
        killed = left_in(tmp_path)
        assert len(killed) == 1
    with server(tmp_path):
        now = left_in(tmp_path)
        assert len(now) == 1
        assert now != killed
    assert not left_in(tmp_path)


@POSIX
def test_a_folder_in_use_is_not_cleared(tmp_path: Path) -> None:
    with private_folder(tmp_path) as one, private_folder(tmp_path) as other:
        clear(tmp_path)
        assert one.is_dir()
        assert other.is_dir()
        assert one.stat().st_mode & 0o077 == 0
    assert not left_in(tmp_path)


def test_what_is_not_of_ours_is_not_cleared(tmp_path: Path) -> None:
    kept = tmp_path / "elsewhere"
    kept.mkdir()
    (kept / "in-use").touch()
    if os.name == "posix":
        (tmp_path / "govstats-serve-link").symlink_to(kept)
    (tmp_path / "govstats-serve-file").write_text("x")
    clear(tmp_path)
    assert (kept / "in-use").exists()
    assert (tmp_path / "govstats-serve-file").exists()


def test_temporary_files_go_where_they_went_before(tmp_path: Path) -> None:
    import tempfile

    before = tempfile.gettempdir(), os.environ.get("TMPDIR")
    with private_folder(tmp_path) as folder:
        assert tempfile.gettempdir() == str(folder)
    assert (tempfile.gettempdir(), os.environ.get("TMPDIR")) == before


@POSIX
def test_the_workers_of_a_killed_server_end(tmp_path: Path) -> None:
    with server(tmp_path, "--jobs", "1") as (_, process):
        workers = children(process.pid)
        assert workers
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        until = time.monotonic() + 60
        while time.monotonic() < until and any(Path(f"/proc/{pid}/cmdline").exists() for pid in workers):
            time.sleep(0.2)
        assert not [pid for pid in workers if "loky" in command(pid)]


def command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text("utf-8", "replace")
    except OSError:
        return ""


def children(pid: int) -> list[int]:
    """The processes below one."""
    return [each.pid for each in psutil.Process(pid).children(recursive=True)]


def test_a_port_that_is_taken_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert _run(["serve", "--port", str(taken.getsockname()[1])]) == 2
    assert "--port" in capsys.readouterr().err


def test_without_its_libraries_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in sys.modules if name.startswith("govstats.serve")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert _run(["serve"]) == 2
    assert "govstats[serve]" in capsys.readouterr().err


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with server(tmp_path_factory.mktemp("spool"), "--jobs", "2") as found:
        yield found


def test_fifty_reports_in_one_drop(running: Any) -> None:
    """The first results come before the last document is read."""
    files = [part(f"{n}.html", large(ZHAOTONG if n % 2 else CLEAN, n)) for n in range(50)]
    assert min(len(content) for _, (_, content) in files) > 90_000
    with httpx.stream("POST", f"{running[0]}/check", files=files, timeout=300) as answer:
        pieces = list(answer.iter_text())
    text = "".join(pieces)
    assert text.count('class="held"') == len(files)
    assert text.count("应为 78") == text.count("应为 81") >= len(files) // 2
    first = next(number for number, piece in enumerate(pieces) if "<li class=" in piece)
    assert first < len(pieces) - 1


def memory(pid: int) -> int:
    """Bytes in use by a process and those below it."""
    root, found = psutil.Process(pid), 0
    for each in (root, *root.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            found += each.memory_info().rss
    return found


def test_twenty_clients_at_once(running: Any) -> None:
    url, process = running
    files = [part("a.html", large(ZHAOTONG, 1)), part("b.html", large(CLEAN, 2))]
    until, faults, done = time.monotonic() + (60 if NIGHTLY else 4), [], []

    def visit() -> None:
        with httpx.Client(timeout=60) as client:
            while time.monotonic() < until:
                answer = client.post(f"{url}/check", files=files)
                (done if 'class="done"' in answer.text else faults).append(answer.status_code)

    clients = [threading.Thread(target=visit) for _ in range(CLIENTS)]
    for each in clients:
        each.start()
    most = 0
    while any(each.is_alive() for each in clients):
        most = max(most, memory(process.pid))
        time.sleep(0.2)
    assert not faults
    assert len(done) >= CLIENTS
    assert 0 < most < MEMORY


def test_who_leaves_makes_room(running: Any) -> None:
    """An audit that nobody waits for ends: more of them than can wait do not fill the house."""
    url, _ = running
    files = [part(f"{n}.html", large(ZHAOTONG, n)) for n in range(30)]
    for _ in range(8):
        with httpx.stream("POST", f"{url}/check", files=files, timeout=60) as answer:
            next(answer.iter_text())
    assert httpx.post(f"{url}/api/check", files=[part(CLEAN)], timeout=300).json()[0]["findings"] == []
