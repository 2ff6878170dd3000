"""A form that `extends` another → its whole content: tables taken over, rows and columns replaced, added, left out."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

Content = Mapping[str, Any]

_LISTS = {"columns": "key", "rows": "code"}
"""The lists of a table whose entries have a name, and the field that holds it."""
_OWN = {"without", "after"}
"""What only says how to change what is extended."""


def extended(own: Content, base: Content) -> dict[str, Any]:
    """A form's content over that of the form that it extends.

    A table that is not mentioned is taken over, one that is null is left out. Within a table every field takes the
    place of the old one; but of `rows` and `columns` only the entries of the same name do, new entries stand behind
    `after` (or at the end), and `without` names those that are gone (`*` matches any ending).
    """
    tables = dict(base["tables"])
    for name, table in (own.get("tables") or {}).items():
        tables[name] = _table(table, tables[name]) if table is not None and name in tables else table
    kept = {name: table for name, table in tables.items() if table is not None}
    return {**own, "tables": kept}


def _table(own: Content, base: Content) -> dict[str, Any]:
    gone = tuple(own.get("without", ()))
    lists = {
        field: _entries([e for e in base[field] if not _matches(e[name], gone)], own.get(field, ()), name)
        for field, name in _LISTS.items()
    }
    return {**base, **{field: value for field, value in own.items() if field not in _OWN}, **lists}


def _entries(base: list[Content], own: list[Content], name: str) -> list[Content]:
    entries = list(base)
    for entry in own:
        bare = {field: value for field, value in entry.items() if field not in _OWN}
        names = [each[name] for each in entries]
        if bare[name] in names:
            entries[names.index(bare[name])] = bare
        else:
            at = names.index(entry["after"]) + 1 if entry.get("after") in names else len(entries)
            entries.insert(at, bare)
    return entries


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)
