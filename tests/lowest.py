"""`python -m tests.lowest`: the lowest versions that setup.cfg allows of what runs, as constraints for pip."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from configparser import ConfigParser

from packaging.requirements import Requirement

from tests.folders import ROOT

EXTRAS = ("dask", "duckdb", "ocr", "plot", "serve")
"""What users install; tools of tests and docs are the newest."""


def requirements(extras: tuple[str, ...] = EXTRAS) -> Iterator[Requirement]:
    """What setup.cfg asks for at run time."""
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    texts = [setup["options"]["install_requires"], *(setup["options.extras_require"][extra] for extra in extras)]
    for line in "\n".join(texts).split("\n"):
        if line.strip():
            yield Requirement(line)


def lowest(requirement: Requirement) -> str:
    """`numpy>=1.26` → `numpy==1.26`. Raises ValueError where no lowest version is named."""
    (version,) = (each.version for each in requirement.specifier if each.operator == ">=")
    return f"{requirement.name}=={version}"


if __name__ == "__main__":
    sys.stdout.write("".join(f"{lowest(each)}\n" for each in requirements()))
