"""Folders and patterns by URL are listed in full; what cannot be read is told; what is unchanged is known."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

import govstats
from govstats.cli import _run
from govstats.corpus import Settings, entries
from govstats.errors import ReadError
from govstats.sources import Source, plan, urls
from tests.corpus.test_run import Watched

SAMPLE = next(path for path in govstats.samples() if "suqian-2023" in path.name).read_bytes()
TREE = ["z.html", "b/2023/x.html", "b/y.docx", "a/1.txt", "a/2.PDF", "a/logo.png", ".git/hidden.html"]
IN_ORDER = ["z.html", "a/1.txt", "a/2.PDF", "b/y.docx", "b/2023/x.html"]


def tree(folder: Path) -> Path:
    for name in TREE:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(SAMPLE)
    return folder


@pytest.fixture
def memory() -> Iterator[MemoryFileSystem]:
    files = fsspec.filesystem("memory")
    for name in TREE:
        files.pipe(f"/bucket/{name}", SAMPLE)
    yield files
    files.rm("/bucket", recursive=True)


@pytest.fixture
def web(tmp_path: Path) -> Iterator[str]:
    """A web server that lists its folders, with a page at `page/`."""
    tree(tmp_path / "files")
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "index.html").write_bytes(SAMPLE + b"<a href='other.html'></a>")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def names(*paths: str) -> list[str]:
    return [source.name for source in plan(paths).sources]


@pytest.mark.parametrize("given", ["memory://bucket", "memory://bucket/"])
def test_a_folder_by_url_is_searched_in_full(memory: Any, given: str) -> None:
    planned = plan([given])
    assert [source.name for source in planned.sources] == [f"memory://bucket/{name}" for name in IN_ORDER]
    assert planned.passed_over == {".png": 1, ".git/": 1}
    assert govstats.read(planned.sources[0].name).year == 2023


def test_a_folder_by_url_is_read_as_the_folder_is(tmp_path: Path) -> None:
    tree(tmp_path)
    here, there = plan([tmp_path]), plan([tmp_path.as_uri() + "/"])
    assert [source.name for source in here.sources] == [str(tmp_path / name) for name in IN_ORDER]
    assert [source.place for source in there.sources] == [source.name for source in here.sources]
    assert [source.name for source in there.sources] == [f"{tmp_path.as_uri()}/{name}" for name in IN_ORDER]
    assert here.passed_over == there.passed_over
    assert all(source.is_local for source in there.sources)


def test_a_pattern_names_files(memory: Any) -> None:
    assert names("memory://bucket/a/*") == ["memory:///bucket/a/1.txt", "memory:///bucket/a/2.PDF"]
    assert names("memory://bucket/**/x.html") == ["memory:///bucket/b/2023/x.html"]


def test_the_members_of_an_archive_by_url(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for name in TREE:
            archive.writestr(f"all/{name}", SAMPLE)
    target = f"::{(tmp_path / 'all.zip').as_uri()}"
    assert names(f"zip://{target}") == [f"zip://all/{name}{target}" for name in IN_ORDER]
    assert names(f"zip://all/b{target}") == [f"zip://all/b/{name}{target}" for name in ("y.docx", "2023/x.html")]
    assert names(f"zip://all/a/*.txt{target}") == [f"zip://all/a/1.txt{target}"]
    assert govstats.read(f"zip://all/z.html{target}").year == 2023


def test_a_listing_in_the_web_is_a_folder_and_a_page_is_a_page(web: str) -> None:
    assert names(f"{web}/files/") == [f"{web}/files/{name}" for name in IN_ORDER]
    assert govstats.read(f"{web}/files/b/2023/x.html").year == 2023
    for page in (f"{web}/page/", f"{web}/page/index.html?id=3", f"{web}/page", f"{web}/files/none.html"):
        assert names(page) == [page]
    assert (
        govstats.audit([f"{web}/page/", f"{web}/files/z.html"], jobs=2).summary.of("zh").startswith("核对了 2 份报告")
    )


@pytest.mark.parametrize("given", ["/nothing/", "/files/nothing.html"])
def test_what_the_web_does_not_have_is_told_and_does_not_stop_the_rest(web: str, given: str) -> None:
    audit = govstats.audit([web + given, f"{web}/files/z.html"], jobs=0)
    assert [each.path for each in audit.unread] == [web + given]
    assert "读不到这个地址" in str(audit.unread[0].error)


@pytest.mark.parametrize("given", ["memory://nowhere/", "memory://nowhere", "file:///nowhere/at/all/"])
def test_a_folder_that_is_not_there_is_told(given: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["check", given]) == 2
    assert "读不到这个地址" in capsys.readouterr().out.replace("找不到这个文件或文件夹", "读不到这个地址")


def test_a_folder_without_reports_is_told(memory: Any) -> None:
    memory.pipe("/bucket/pictures/1.png", b"")
    (source,) = plan(["memory://bucket/pictures/"]).sources
    with pytest.raises(ReadError, match="没有可读的报告"):
        source.read()


@pytest.mark.parametrize(("url", "package"), [("s3://bucket/", "s3fs"), ("gs://bucket/a.html", "gcsfs")])
def test_a_protocol_that_is_not_installed_says_what_to_install(
    url: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object, **__: object) -> None:
        raise ImportError(f"Install {package}")

    monkeypatch.setattr("fsspec.core.url_to_fs", missing)
    monkeypatch.setattr("fsspec.open", missing)
    (source,) = plan([url]).sources
    with pytest.raises(ReadError, match=f"pip install {package}"):
        source.read()


def test_a_protocol_of_nobody_is_told() -> None:
    (source,) = plan(["nonsense://a/"]).sources
    with pytest.raises(ReadError, match="nonsense"):
        source.read()


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("http://x.gov.cn/a/b.html?id=1.pdf", ".html"),
        ("http://x.gov.cn/%E6%8A%A5.PDF", ".pdf"),
        ("s3://bucket/what?.docx", ".docx"),
        ("zip://a/b.txt::s3://bucket/c.zip", ".txt"),
        ("http://x.gov.cn/", ""),
        ("a.b/c", ""),
        ("a/b.HTML", ".html"),
        ("..html", ".html"),
        ("a.html/", ".html"),
        (".html", ""),
        ("a.", ""),
    ],
)
def test_the_ending_of_a_path(name: str, ending: str) -> None:
    assert urls.suffix(name) == ending


class Tagged(MemoryFileSystem):
    """A store whose listings have a mark of the content, as s3 has."""

    protocol = "tagged"
    store: dict[str, Any] = {}  # noqa: RUF012
    pseudo_dirs = [""]  # noqa: RUF012

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        stripped: str = super()._strip_protocol(path.removeprefix("tagged://"))
        return stripped

    def find(self, path: str, *_: Any, **__: Any) -> Any:
        return {
            name: {**info, "ETag": str(hash(self.store[name].getvalue()))}
            for name, info in super().find(path, detail=True).items()
        }


def test_objects_whose_tag_is_the_same_are_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fsspec.register_implementation("tagged", Tagged, clobber=True)
    store = fsspec.filesystem("tagged")
    for number in range(3):
        store.pipe(f"/b/{number}.html", SAMPLE + f"<!-- {number} -->".encode())

    def read() -> list[str]:
        engine = Watched()
        sources = plan(["tagged://b/"]).sources
        assert all(isinstance(source, Source) and source.tag for source in sources)
        assert len(list(entries(sources, Settings(engine, tmp_path / "cache")))) == 3
        return engine.read

    assert read() == ["0.html", "1.html", "2.html"]
    monkeypatch.chdir(tmp_path)
    assert read() == []
    store.pipe("/b/1.html", SAMPLE + b"<!-- changed -->")
    assert read() == ["1.html"]
