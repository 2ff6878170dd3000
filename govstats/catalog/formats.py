"""schemas/formats/*.yaml → Format: an official form as data, validated on load, relations compiled.

A new form is one new file in that folder, or in a folder of the user (`govstats.add_schemas`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from govstats.catalog import resources
from govstats.catalog.inherit import extended
from govstats.catalog.specs import ExtendingSpec, FormatSpec
from govstats.catalog.yamlfiles import load_yaml, rejected
from govstats.errors import CatalogError, UsageError, near_and
from govstats.lang import Text, joined
from govstats.model.forms import TableForm


@dataclass(frozen=True)
class Format:
    """An official form: its name, basis (文号), years, tables, and the formats that it took the place of.

    `titles`: what documents of a form of another statute call themselves; none for reports on 政府信息公开.
    """

    name: str
    title: Text
    basis: str
    since: int
    until: int | None
    tables: dict[str, TableForm]
    replaces: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()

    @property
    def cited(self) -> str:
        """The document that it is from, by its number alone."""
        return self.basis.partition("（")[0]


def _content(path: Path, above: tuple[str, ...] = ()) -> Any:
    """A file's content, over that of the form that it extends. Raises CatalogError if there is no such form."""
    content = load_yaml(path)
    name = content.get("extends") if isinstance(content, dict) else None
    if name is None:
        return content
    base = next((each for each in resources.files("formats") if each.stem == name), None)
    if base is None or name in above:
        raise CatalogError(
            Text(
                f"{path.name} 扩展的格式“{name}”不存在，或兜了圈子。",
                f"{path.name} extends “{name}”, which is not there, or itself.",
            ),
            Text("extends 须是另一个格式的名字。", "`extends` names another form."),
        )
    ExtendingSpec.model_validate(content)
    return {**extended(content, _content(base, (*above, path.stem))), "extends": None}


def load_format(path: Path) -> Format:
    """One format file → Format. Raises CatalogError: which file, which field, expected, got."""
    try:
        spec = FormatSpec.model_validate(_content(path))
    except ValidationError as error:
        raise rejected(path, error) from error
    if spec.format != path.stem:
        raise CatalogError(
            Text(f"{path.name} 写的格式名是“{spec.format}”。", f"{path.name} calls itself “{spec.format}”."),
            Text("文件名和 format 字段须一致。", "The file name and its `format` field must agree."),
        )
    tables = {name: table.compile(spec.format, name) for name, table in spec.tables.items()}
    title, replaced = spec.title.text(), spec.replaces
    return Format(spec.format, title, spec.basis, spec.since, spec.until, tables, replaced, spec.titles)


@cache
def _load_once(path: Path, _contents: tuple[bytes, ...]) -> Format:
    """A format, the very same as long as its file has not changed: tables of one form are checked as a stack."""
    return load_format(path)


@cache
def known_formats() -> dict[str, Format]:
    """All formats by name, newest first. Raises CatalogError if one is not valid."""
    paths = resources.files("formats")
    own = tuple(path.read_bytes() for path in paths if path.parent.parent != resources.schemas())
    formats = [_load_once(path, () if path.parent.parent == resources.schemas() else own) for path in paths]
    return {each.name: each for each in sorted(formats, key=lambda each: -each.since)}


def get_format(name: str) -> Format:
    """A format by name. Raises UsageError for an unknown one."""
    try:
        return known_formats()[name]
    except KeyError:
        known = joined(known_formats())
        raise UsageError(
            Text(f"没有格式“{name}”。", f"No format “{name}”."),
            near_and(name, known_formats(), Text(f"已知格式：{known.zh}。", f"Known formats: {known.en}.")),
        ) from None


def successor(name: str, year: int) -> Format | None:
    """The format that has replaced another one by a year, or what has replaced that in turn; None if none has."""
    found = [each for each in known_formats().values() if name in each.replaces and each.since <= year]
    return (successor(found[0].name, year) or found[0]) if found else None


def get_table_form(format_name: str, table: str) -> TableForm:
    """A table of a format. Raises UsageError for an unknown format or table."""
    tables = get_format(format_name).tables
    if table not in tables:
        raise UsageError(
            Text(f"{format_name} 没有“{table}”表。", f"{format_name} has no table “{table}”."),
            near_and(table, tables, Text(f"有：{'、'.join(tables)}。", f"It has: {', '.join(tables)}.")),
        )
    return tables[table]
