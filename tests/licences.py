"""`python -m tests.licences`: every package that a run loads, what those need included, and its licence."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.lowest import requirements

PERMISSIVE = re.compile(
    r"MIT(?:-0|-CMU)?(?: License)?|HPND"
    r"|0BSD|BSD(?: License)?|BSD[- ][023]-Clause(?: License)?|[023]-Clause BSD(?: License)?"
    r"|(?:New|Modified) BSD(?: License)?"
    r"|Apache(?:-2\.0| 2\.0| License,? (?:Version )?2\.0| Software License)?"
    r"|ISC(?: License.*)?|[Zz]lib|CC0-1\.0|PSF-2\.0|Python Software Foundation License|(?:The )?Unlicense.*"
    r"|MPL-2\.0|Mozilla Public License 2\.0.*"
)
"""MPL-2.0 binds changes of its own files alone."""

KNOWN = {"pypdfium2": "BSD-3-Clause, Apache-2.0, dependency licenses"}
"""No expression, but looked at: the licences of PDFium's own parts in the wheel (2026-11) are all permissive."""


def packages() -> dict[str, Distribution]:
    """What runs, by name; extras that users install included."""
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = list(requirements())
    while waiting:
        asked = waiting.pop()
        name = canonicalize_name(asked.name)
        if (name, extras := frozenset(asked.extras)) in seen:
            continue
        seen.add((name, extras))
        with suppress(PackageNotFoundError):  # an extra that is not installed here
            found[name] = distribution(name)
            waiting += _needed(found[name], asked.extras)
    return dict(sorted(found.items()))


def _needed(package: Distribution, extras: set[str]) -> Iterator[Requirement]:
    for text in package.requires or ():
        needed = Requirement(text)
        if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield needed


def licence(package: Distribution) -> str:
    """As its metadata have it: an expression, else classifiers, else the first line of the text."""
    metadata = package.metadata
    if metadata.get("License-Expression"):
        return str(metadata["License-Expression"])
    classifiers = [each.rpartition(" :: ")[2] for each in metadata.get_all("Classifier", []) if "License ::" in each]
    named = [each for each in classifiers if each not in {"OSI Approved", "License"}]
    return " AND ".join(named) or str(metadata.get("License") or "unknown").strip().splitlines()[0]


def is_known(name: str, told: str) -> bool:
    """Is it a licence that somebody looked at, or one that is permissive by its name?"""
    return KNOWN.get(name) == told or is_permissive(told)


def is_permissive(told: str) -> bool:
    """Are all parts of an expression permissive? Of those to choose from, one."""
    return all(
        any(PERMISSIVE.fullmatch(one.strip(" ()")) for one in part.split(" OR ")) for part in told.split(" AND ")
    )


if __name__ == "__main__":
    for name, package in packages().items():
        sys.stdout.write(f"{name:24} {package.version:16} {licence(package)}\n")
