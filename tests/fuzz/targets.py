"""Targets: what is fuzzed → how bytes become a document, and the seeds from which inputs are bred."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOUND = Path(__file__).parent / "found"
"""Inputs whose faults were mended, a folder for each target: they are tried again with every run of the tests."""

_PARTS = {
    "docx": "word/document.xml",
    "odt": "content.xml",
    "ods": "content.xml",
    "xlsx": "xl/worksheets/sheet1.xml",
}
"""Zipped containers: a part is struck, not the zip, which would nearly always be refused."""
_SHAPES = 6
_SEEDS = 2


@dataclass(frozen=True, slots=True)
class Target:
    """`document` makes a document of an input; `seeds` are inputs that make sound ones."""

    document: Callable[[bytes], bytes]
    seeds: Callable[[], Iterator[bytes]]


def _as_it_is(data: bytes) -> bytes:
    return data


def rendered(container: str) -> Iterator[bytes]:
    """Sound documents of our own, in several shapes."""
    from tests.containers import CONTAINERS
    from tests.figuresets import sample
    from tests.stories import story

    known = CONTAINERS[container]
    for shape in known.shapes[:_SHAPES]:
        for seed in range(_SEEDS):
            charset = known.charsets[seed % len(known.charsets)] if known.charsets else "utf-8"
            yield known.render(story(sample("distinct", seed).figures), charset, shape)


@cache
def _around(container: str) -> bytes:
    return next(rendered(container))


def _part(container: str) -> Target:
    name = _PARTS[container]

    def document(data: bytes) -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(_around(container))) as old, zipfile.ZipFile(made, "w") as new:
            for info in old.infolist():
                new.writestr(info.filename, data if info.filename == name else old.read(info))
        return made.getvalue()

    def seeds() -> Iterator[bytes]:
        for each in rendered(container):
            with zipfile.ZipFile(io.BytesIO(each)) as archive:
                yield archive.read(name)

    return Target(document, seeds)


def _prose() -> Iterator[bytes]:
    from tests.figuresets import sample
    from tests.stories import story

    for seed in range(_SEEDS):
        yield "\n".join(block for block in story(sample("distinct", seed).figures) if isinstance(block, str)).encode()


def _below_tables() -> bytes:
    return b"\n" + next(rendered("text"))


def _with_tables(data: bytes) -> bytes:
    """Sentences before tables that they can be compared with."""
    return data + _below_tables()


STORED = Path(__file__).parents[1] / "documents"
"""Documents that other programs wrote."""
WHOLE = ("text", "html", "page", "mhtml", "json", "csv", "pdf", "doc", "xls", "zip", "docx", "odt", "xlsx", "ods")


def _whole(container: str) -> Target:
    def seeds() -> Iterator[bytes]:
        from tests.containers import CONTAINERS

        if container in CONTAINERS:
            yield from rendered(container)
        for path in sorted(STORED.glob(f"*/*.{container}")):
            yield path.read_bytes()

    return Target(_as_it_is, seeds)


def targets() -> dict[str, Target]:
    """All of them, by name."""
    whole = {name: _whole(name) for name in WHOLE}
    parts = {f"{name}-part": _part(name) for name in _PARTS}
    return {**whole, **parts, "prose": Target(_with_tables, _prose)}
