"""A source's name → what SARIF and GitHub call it: a URI, and the root of the repository."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from govstats.display.untrusted import harmless
from govstats.model.keys import is_file, relative, whole

_OF_URLS = "/:?#[]@!$&'()*+,;=%~"


def uri(name: str, root: Path | None = None) -> str:
    """A URI reference: relative for files below the root (default: where the program runs), `file:` for others.

    Names are encoded as their bytes; a URL keeps what it is made of.
    """
    if "://" in name:
        return quote(harmless(name), safe=_OF_URLS)
    if not is_file(name):
        return quote(harmless(name))
    path = relative(name, root or Path.cwd())
    if path.startswith("../") or Path(path).is_absolute():
        path = whole(name).as_posix()
        return f"file://{'' if path.startswith('/') else '/'}{_quoted(path)}"
    return _quoted(path)


def _quoted(path: str) -> str:
    return quote(path.encode("utf-8", "surrogateescape" if _is_escaped(path) else "replace"))


def _is_escaped(path: str) -> bool:
    """Are all halves of characters in it bytes that are no UTF-8?"""
    return all("\udc80" <= character <= "\udcff" for character in path if "\ud800" <= character <= "\udfff")


def workspace() -> Path:
    """Where the repository's root is: GitHub Actions tells it; else where the program runs."""
    return Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd())
