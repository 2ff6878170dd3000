"""URLs that fsspec knows (s3, hdfs, http, file, zip …) → their bytes, or the files of a folder there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from govstats import readers
from govstats.errors import ReadError, reason
from govstats.lang import Text

_WEB = {"http", "https"}
_LISTING = re.compile(rb"<title>\s*(?:Index of|Directory listing for)\b", re.IGNORECASE)
"""What servers (Apache, nginx, Python) call the list of a folder. Any other page that ends in / is a page."""
_TAGS = ("ETag", "etag", "md5Hash", "content_md5")
"""What stores call a mark that changes with the content. Times are not asked: many stores round them."""


class Found(NamedTuple):
    """A file: its URL, and a mark that changes with its content, None if the listing has none."""

    url: str
    tag: str | None


def is_url(name: str) -> bool:
    """Is it an address, not a path?"""
    return "://" in name


def suffix(name: str) -> str:
    """The ending of a path, or of the path in a URL, in lower case; "" without one."""
    if not is_url(name):
        last = name.rstrip("/").rpartition("/")[2]
        at = last.rfind(".")
        return last[at:].lower() if 0 < at < len(last) - 1 else ""
    inner = name.partition("::")[0]
    return PurePosixPath(unquote(urlsplit(inner).path) if inner.partition("://")[0] in _WEB else inner).suffix.lower()


def local_path(url: str) -> str | None:
    """The path on this machine that `file://…` names; None for any other URL."""
    if not url.startswith("file://") or "::" in url:
        return None
    import fsspec

    return str(fsspec.core.url_to_fs(url)[1])


def read(url: str) -> bytes:
    """The bytes, a few more than are ever read at most. Raises ReadError."""
    import fsspec

    try:
        with fsspec.open(url, "rb") as file:
            data: bytes = file.read(readers.LARGEST + 1)
            return data
    except Exception as error:
        raise _unreachable(url, error) from error


def listed(url: str) -> list[Found] | None:
    """The files under a folder or of a pattern (`*`), at any depth, in the order of a folder; None if it is one file.

    An address in the web is a folder only where it ends in / and its page is a list of files. Raises ReadError if
    the folder cannot be listed.
    """
    head, chained, rest = url.partition("::")
    if "*" not in head and not _may_be_folder(head):
        return None
    import fsspec

    try:
        files, root = fsspec.core.url_to_fs(url)
        if "*" in head:
            infos = files.glob(root, detail=True)
            base = head[: head.index("://") + 3]
            found = {files.unstrip_protocol(name) if not chained else base + name: infos[name] for name in infos}
        elif _is_folder(files, root, head):
            base = head if head.endswith("://") else head.rstrip("/") + "/"
            found = {base + inside: info for inside, info in _inside(files, root)}
        else:
            return None
    except Exception as error:
        raise _unreachable(url, error) from error
    return [
        Found(name + chained + rest, _tag(found[name])) for name in sorted(found, key=_place) if _is_file(found[name])
    ]


def _may_be_folder(head: str) -> bool:
    """One that ends as a document does is not asked about: each question is a way to the store and back."""
    return head.endswith("/") or (head.partition("://")[0] not in _WEB and suffix(head) not in readers.suffixes())


def _is_folder(files: Any, root: str, head: str) -> bool:
    if head.partition("://")[0] in _WEB:
        return bool(_LISTING.search(read(head)[:4096]))
    return bool(files.isdir(root) or (head.endswith("/") and files.ls(root) is not None))


def _inside(files: Any, root: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Files under a folder by their names from there."""
    for name, info in files.find(root, detail=True).items():
        yield name.removeprefix(root).lstrip("/"), info


def _is_file(info: dict[str, Any]) -> bool:
    return info.get("type") != "directory"


def _tag(info: dict[str, Any]) -> str | None:
    return next((str(info[name]) for name in _TAGS if info.get(name)), None)


def _place(url: str) -> list[tuple[bool, str]]:
    """The files of a folder come before those in folders of it, as in a folder on disk."""
    *folders, name = url.split("/")
    return [*((True, folder) for folder in folders), (False, name)]


def _unreachable(url: str, error: Exception) -> ReadError:
    if isinstance(error, ReadError):
        return error
    if isinstance(error, ImportError):
        package = _package(url)
        return ReadError(
            Text(f"读这种地址需要安装 {package}。", f"Such an address needs {package}."),
            Text(f"请运行 pip install {package}。", f"Run pip install {package}."),
        )
    return ReadError(
        Text("读不到这个地址：{why}。", "Cannot be fetched: {why}.").format(why=reason(error)),
        Text("请检查地址、网络和权限。", "Check the address, the network, and your rights there."),
    )


def _package(url: str) -> str:
    """Which package knows the protocol, as fsspec has it."""
    from fsspec.registry import known_implementations

    packages = (
        known_implementations.get(part.partition("://")[0], {}).get("class", "").partition(".")[0]
        for part in url.split("::")
    )
    return next((package for package in packages if package not in {"", "fsspec"}), "fsspec[full]")
