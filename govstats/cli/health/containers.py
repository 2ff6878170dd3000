"""Readers, and the libraries that fail → Facts: which files can be read here."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator

from govstats import readers
from govstats.cli.health.fact import Fact, Status
from govstats.cli.health.purposes import PURPOSES
from govstats.lang import Text

_WITHOUT = Text("读不了：缺 {names}", "cannot be read without {names}")
_ARCHIVE = Text(".zip（逐个读里面的文件）", ".zip (each file inside)")
_SOFFICE = Text("用它读 Word 95 和残缺的 .doc、.wps", "reads Word 95 and damaged .doc and .wps")
_NO_SOFFICE = Text("没有找到 soffice", "soffice was not found")
_INSTALL = Text(
    "需要时安装 LibreOffice，并使 soffice 在 PATH 里。", "If needed, install LibreOffice, with soffice on PATH."
)


def facts(failing: Collection[str]) -> Iterator[Fact]:
    """A fact for each reader; archives; LibreOffice. `failing`: libraries that do not work."""
    for name, reader in readers.readers().items():
        if not reader.SUFFIXES:  # of an extra, which is told with its libraries
            continue
        needed = [library for library, purpose in PURPOSES.items() if name in purpose.readers]
        lacking = [library for library in needed if library in failing]
        endings = " ".join(reader.SUFFIXES)
        detail = _WITHOUT.format(names=" ".join(lacking)) if lacking else Text("", "")
        told = Text(f"{endings} {detail.zh}".strip(), f"{endings} {detail.en}".strip())
        yield Fact("containers", name, Status.BROKEN if lacking else Status.OK, told)
    yield Fact("containers", "zip", Status.OK, _ARCHIVE)
    program = shutil.which("soffice")
    yield Fact(
        "containers",
        "LibreOffice",
        Status.OK if program else Status.MISSING,
        Text(program, program) if program else _NO_SOFFICE,
        _SOFFICE,
        None if program else _INSTALL,
    )
