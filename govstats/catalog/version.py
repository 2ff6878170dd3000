"""Which govstats made a result: a digest of its code, its forms and rules, and what it runs on."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version as version_of
from pathlib import Path

from govstats.catalog import resources
from govstats.readers.picture.network import edition

_MATTERS = {".py", ".yaml", ".xsl", ".json"}
_LIBRARIES = ("lxml", "numpy", "opencc", "openpyxl", "pdfplumber", "python-calamine", "selectolax")
"""What documents are read with: another version may read another text."""


@cache
def version() -> str:
    """Hexadecimal, 16 characters. Any change of code, forms, rules or reading libraries gives another one."""
    digest = hashlib.sha256(platform.python_version().encode())
    for library in _LIBRARIES:
        digest.update(f"{library} {version_of(library)}\n".encode())
    digest.update(edition().encode())
    for file in _files():
        digest.update(f"{file.name}\n".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _files() -> Iterator[Path]:
    for folder in (Path(__file__).parents[1], resources.schemas()):
        yield from sorted(path for path in folder.rglob("*") if path.suffix in _MATTERS and path.is_file())
    yield from (path for kind in ("formats", "rules") for path in resources.files(kind))
