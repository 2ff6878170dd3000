"""Requirements of govstats (of its metadata, or of setup.cfg in a checkout) → Facts: there, new enough, importable?"""

from __future__ import annotations

from collections.abc import Iterator
from configparser import ConfigParser
from importlib import import_module, metadata
from pathlib import Path
from typing import NamedTuple

from govstats.cli.health.fact import Fact, Status
from govstats.cli.health.purposes import EXTRAS, PURPOSES
from govstats.lang import Text

_SETUP = Path(__file__).resolve().parents[3] / "setup.cfg"
_ABSENT = Text("没有安装", "not installed")
_OLD = Text("{found}，需要 {wanted}", "{found}, {wanted} is needed")
_FAULTY = Text("{found}，但装不上来：{reason}", "{found}, but it cannot be imported: {reason}")
_AGAIN = Text("python -m pip install '{what}'", "python -m pip install '{what}'")
_ALL_THERE = Text("已安装", "installed")
_LACKS = Text("缺 {names}", "lacks {names}")
_LACKS_MANY = Text("缺 {names} 等 {n} 个", "lacks {names} and others, {n} in all")
_NAMED = 3


class Needed(NamedTuple):
    """A requirement as written, its library, and the extra that asks for it (empty: the base)."""

    line: str
    library: str
    extra: str


def facts() -> Iterator[Fact]:
    """A fact for each library of the base, then one for each extra."""
    needed = requirements()
    for each in needed:
        if not each.extra:
            yield _library(each)
    for extra in dict.fromkeys(each.extra for each in needed if each.extra):
        yield _extra(extra, [each for each in needed if each.extra == extra])


def requirements() -> list[Needed]:
    """What govstats requires here (markers for other systems and versions left out).

    A checkout's setup.cfg goes before the metadata of what was installed, which may be older.
    """
    lines = _of_checkout() if _SETUP.is_file() else _of_metadata()
    return [each for extra, line in lines if (each := _needed(line, extra)) is not None]


def _of_checkout() -> list[tuple[str, str]]:
    parser = ConfigParser(interpolation=None)
    parser.read(_SETUP, encoding="utf-8")
    listed = {"": parser["options"]["install_requires"], **parser["options.extras_require"]}
    return [(extra, line) for extra, text in listed.items() for line in text.split("\n") if line.strip()]


def _of_metadata() -> list[tuple[str, str]]:
    about = metadata.metadata("govstats")
    lines = about.get_all("Requires-Dist") or []
    of_base = [("", line) for line in lines if "extra ==" not in line]
    extras = about.get_all("Provides-Extra") or []
    return of_base + [(extra, line) for extra in extras for line in lines if f'extra == "{extra}"' in line]


def _needed(line: str, extra: str) -> Needed | None:
    from packaging.requirements import Requirement

    wanted = Requirement(line)
    if wanted.marker is not None and not wanted.marker.evaluate({"extra": extra}):
        return None
    return Needed(line, wanted.name, extra)


def _library(needed: Needed) -> Fact:
    problem = _problem(needed, imports=True)
    version = _version(needed.library) or ""
    return Fact(
        "libraries",
        needed.library,
        Status.BROKEN if problem else Status.OK,
        problem or Text(version, version),
        PURPOSES[needed.library].text if needed.library in PURPOSES else None,
        _AGAIN.format(what=needed.line.partition(";")[0].strip()) if problem else None,
    )


def _extra(name: str, needed: list[Needed]) -> Fact:
    lacking = [each.library for each in needed if _problem(each, imports=False)]
    return Fact(
        "extras",
        name,
        Status.MISSING if lacking else Status.OK,
        _lacks(lacking) if lacking else _ALL_THERE,
        EXTRAS.get(name),
        _AGAIN.format(what=f"govstats[{name}]") if lacking else None,
    )


def _lacks(libraries: list[str]) -> Text:
    named = " ".join(libraries[:_NAMED])
    return (_LACKS if len(libraries) <= _NAMED else _LACKS_MANY).format(names=named, n=len(libraries))


def _problem(needed: Needed, *, imports: bool) -> Text | None:
    """Why a library does not serve; None if it does."""
    from packaging.requirements import Requirement

    version = _version(needed.library)
    if version is None:
        return _ABSENT
    wanted = Requirement(needed.line).specifier
    if not wanted.contains(version, prereleases=True):
        return _OLD.format(found=version, wanted=str(wanted))
    if imports and needed.library in PURPOSES:
        try:
            import_module(PURPOSES[needed.library].module)
        except Exception as error:  # noqa: BLE001, RUF100 - a damaged library raises whatever it likes
            return _FAULTY.format(found=version, reason=f"{type(error).__name__}: {error}")
    return None


def _version(library: str) -> str | None:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return None
