"""Folders of the user with forms and rules → known to this process and to the workers that it starts."""

from __future__ import annotations

import os
from pathlib import Path

from govstats.catalog import resources
from govstats.catalog.formats import known_formats
from govstats.catalog.rules import groups, known_rules
from govstats.catalog.series import harmonised
from govstats.catalog.version import version
from govstats.errors import CatalogError
from govstats.lang import Text

_CACHES = (known_formats, known_rules, groups, harmonised, version)


def add_schemas(folder: str | os.PathLike[str]) -> None:
    """Make the forms and rules of a folder known: `formats/*.yaml`, `rules/*.yaml`, as in the shipped `schemas/`.

    The same as naming the folder in the environment variable GOVSTATS_SCHEMAS before the start. Workers on other
    machines (dask) need the variable and the folder of their own; else they are refused as another version. Call it
    again to have changed files read again. A rule of yours applies where a form of yours names it in a relation.

    Raises CatalogError, and leaves all as it was, for a folder or file that is not what it should be: which file, which
    field, expected, got; for a name or code that is taken; for a relation whose rule has no file.
    """
    path = str(Path(folder).resolve())
    before = os.environ.get(resources.VARIABLE)
    named = [name for name in (before or "").split(os.pathsep) if name]
    _name([*named, *([] if path in named else [path])])
    try:
        _check_relations()
    except CatalogError:
        _name(named)
        raise


def _name(folders: list[str]) -> None:
    if folders:
        os.environ[resources.VARIABLE] = os.pathsep.join(folders)
    else:
        os.environ.pop(resources.VARIABLE, None)
    for cached in _CACHES:
        cached.cache_clear()


def _check_relations() -> None:
    """Every relation of every form names a rule that has a file. Raises CatalogError."""
    for known in known_formats().values():
        for name, form in known.tables.items():
            for relation in form.relations:
                if relation.rule not in known_rules():
                    raise CatalogError(
                        Text(
                            f"{known.name} 的 {name} 表用到规则 {relation.rule}，没有它的文件。",
                            f"{known.name}, table {name}, names the rule {relation.rule}, which has no file.",
                        ),
                        Text(
                            f"请写 rules/{relation.rule}-….yaml，或用已有的规则（govstats rules）。",
                            f"Write rules/{relation.rule}-….yaml, or name a known rule (govstats rules).",
                        ),
                    )
