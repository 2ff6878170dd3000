"""Roster: which units there are, and whose; from a sheet (units.csv) or folders. It settles doubtful names."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from govstats.comparison.names import key_of
from govstats.errors import UsageError
from govstats.identity.names import is_name, is_partial, is_region
from govstats.lang import Text
from govstats.text.labels import plain

_HEADERS = {"单位": "unit", "上级": "parent", "别名": "aliases", "单位名称": "unit", "上级单位": "parent"}
_COLUMNS = ("unit", "parent", "aliases")
_DELIMITERS = (",", "\t", ";", "，")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_NO_PARENT = {"", "无", "/", "-", "—"}
_PARTED = re.compile("[;；|、]")
_YEAR = re.compile(r"[(]?(?:19|20)\d\d(?:年度?)?[)]?(?:[-~至](?:19|20)\d\d(?:年度?)?)?|^\d+[.、_-]")
_GOVERNMENT = re.compile(r"(?:人民)?政府(?:办公室|办公厅)?$")
_OWN = re.compile(r"^[省市县区州盟旗镇乡](?=[一-鿿]{2})")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its name, its parent's name (None: none), other names. `line`: where it stands in its sheet."""

    name: str
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True)
class Roster:
    """The units of a run. `source`: the sheet or folder that they are from."""

    units: tuple[Unit, ...]
    source: str = ""

    @classmethod
    def read(cls, path: str | Path) -> Roster:
        """units.csv → Roster: columns unit, parent, aliases (or 单位, 上级, 别名), UTF-8, UTF-16 or GB18030.

        Columns are parted by commas, semicolons or tabs, aliases by `；`, `;`, `|` or `、`. Raises UsageError with the
        line: no unit at all, a column that is missing or there twice, a unit named twice, a parent that is no unit, a
        unit that is its own parent by way of others.
        """
        return cls.parse(_bytes(Path(path)), str(path))

    @classmethod
    def parse(cls, data: bytes, source: str) -> Roster:
        """The same from the sheet's bytes; `source` is what to call it. Raises UsageError."""
        units = tuple(_unit(source, line, row) for line, row in _rows(data, source))
        if not units:
            raise _fault(source, 0, "没有一个单位", "names no unit")
        return cls(units, source).checked()

    @classmethod
    def of_folders(cls, paths: Iterable[str | Path]) -> Roster:
        """Folders (or reports in them) → Roster: a folder that is named like an agency is a unit, also an empty one.

        Its parent is the nearest such folder around it. A short name (水利局) is made whole with the region of that
        parent. Folders that are named otherwise (2023年, 已审) only hold what is in them. Raises UsageError if all are.
        """
        found: dict[str, Unit] = {}
        for path in paths:
            for chain in _chains(Path(path)):
                parent: str | None = None
                for part in chain:
                    name = _whole(part, parent)
                    found.setdefault(key_of(name), Unit(name, parent))
                    parent = name
        source = "、".join(map(str, paths))
        if not found:
            raise UsageError(
                Text(f"文件夹 {source} 里没有以单位命名的文件夹。", f"No folder in {source} is named after a unit."),
                Text("给文件夹写上单位名称，或用 units.csv。", "Name folders after units, or use a units.csv."),
            )
        return cls(tuple(found.values()), source).checked()

    def checked(self) -> Roster:
        """Itself, if every name is one unit's, every parent a unit, and nobody their own parent. Raises UsageError."""
        owners: dict[str, Unit] = {}
        for unit in self.units:
            for name in (unit.name, *unit.aliases):
                other = owners.setdefault(key_of(name), unit)
                if other is not unit:
                    raise _fault(self.source, unit.line, *_twice(name, other.name, unit.name))
        for unit in self.units:
            if unit.parent is not None and key_of(unit.parent) not in owners:
                raise _fault(self.source, unit.line, *_unknown(unit))
        for unit in self.units:
            self._climb(unit, owners)
        return self

    def _climb(self, unit: Unit, owners: Mapping[str, Unit]) -> None:
        seen, at = [unit], unit
        while at.parent is not None:
            at = owners[key_of(at.parent)]
            if at in seen:
                raise _fault(self.source, unit.line, *_cycle([*seen, at]))
            seen.append(at)

    @cached_property
    def settled(self) -> dict[str, str]:
        """Key of a name → key of its unit: names, aliases, and short names with the parent's region before them."""
        found = {key_of(name): key_of(unit.name) for unit in self.units for name in (unit.name, *unit.aliases)}
        longer: defaultdict[str, set[str]] = defaultdict(set)
        for unit in self.units:
            for name in self._longer(unit):
                longer[key_of(name)].add(key_of(unit.name))
        for name, units in longer.items():
            if len(units) == 1:
                found.setdefault(name, *units)
        return found

    def _longer(self, unit: Unit) -> Iterator[str]:
        for name in map(plain, (unit.name, *unit.aliases)):
            yield _whole(name, unit.parent)
            if is_region(name):
                yield f"{name}人民政府"

    @cached_property
    def names(self) -> dict[str, str]:
        """Key → name of a unit."""
        return {key_of(unit.name): unit.name for unit in self.units}

    @cached_property
    def children(self) -> dict[str, tuple[str, ...]]:
        """Key of a parent → keys of its units, in the order of the roster."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for unit, parent in self.parents.items():
            if parent is not None:
                found[parent].append(unit)
        return {parent: tuple(units) for parent, units in found.items()}

    @cached_property
    def parents(self) -> dict[str, str | None]:
        """Key of a unit → key of its parent, None for those at the top; in the order of the roster."""
        return {key_of(unit.name): unit.parent and self.settled[key_of(unit.parent)] for unit in self.units}


def _rows(data: bytes, source: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines of the sheet by column; empty ones are skipped."""
    text = _text(data, source)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    header = [_HEADERS.get(plain(each), plain(each).lower()) for each in next(reader, [])]
    for column in _COLUMNS:
        if column not in header and column != "aliases":
            raise _fault(source, 1, *_no_column(column, header))
        if header.count(column) > 1:
            raise _fault(source, 1, f"有两列“{column}”", f"has the column {column} twice")
    for cells in reader:
        if any(map(plain, cells)):
            yield reader.line_num, dict(zip(header, map(plain, cells), strict=False))


def _delimiter(text: str) -> str:
    """What parts the columns of the header: a comma as typed in Chinese too, and what spreadsheets write elsewhere."""
    header = text.partition("\n")[0]
    return max(_DELIMITERS, key=header.count)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _fault(path, 0, f"读不了：{error.strerror}", f"cannot be read: {error.strerror}") from error


def _text(data: bytes, source: str) -> str:
    if data.startswith(_WORKBOOKS):
        raise _fault(source, 0, "是工作簿，不是文本；请另存为 CSV", "is a workbook and no text; save it as CSV")
    for charset in ("utf-16",) if data.startswith(_UTF16) else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(charset)
        except UnicodeDecodeError:
            continue
    raise _fault(source, 0, "既不是 UTF-8 也不是 GB18030", "is neither UTF-8 nor GB18030")


def _unit(path: str | Path, line: int, row: Mapping[str, str]) -> Unit:
    name, aliases = row.get("unit", ""), row.get("aliases", "")
    if not name:
        raise _fault(path, line, "没有写单位", "names no unit")
    return Unit(
        name,
        None if row.get("parent", "") in _NO_PARENT else row["parent"],
        tuple(filter(None, _PARTED.split(aliases))),
        line,
    )


def _whole(name: str, parent: str | None) -> str:
    """A short name with the region of its parent before it: 市水利局 of 某市人民政府 is 某市水利局."""
    region = _GOVERNMENT.sub("", plain(parent or ""))
    return region + _OWN.sub("", name) if is_region(region) and is_partial(name) else name


def _chains(path: Path) -> Iterator[tuple[str, ...]]:
    """The names of agencies among the folders from the given one down, for each folder."""
    top = path if path.is_dir() else path.parent
    inside = [each for each in top.rglob("*") if each.is_dir()] if path.is_dir() else []
    for folder in sorted([top, *inside]):
        parts = map(_folder_name, (top.resolve().name, *folder.relative_to(top).parts))
        chain = tuple(part for part in parts if is_name(part))
        if chain:
            yield chain


def _folder_name(name: str) -> str:
    """The name without its year: 宿迁市2023年, 2021年度."""
    return _YEAR.sub("", plain(name))


def _fault(path: str | Path, line: int, zh: str, en: str) -> UsageError:
    where = Text(f"第 {line} 行", f", line {line}") if line else Text("", "")
    return UsageError(
        Text(f"单位名单 {path} {where.zh}{zh}。", f"Roster {path}{where.en}: {en}."),
        Text("表头为 单位,上级,别名（别名可以没有）。", "Its columns are unit, parent and, if wanted, aliases."),
    )


def _twice(name: str, one: str, other: str) -> tuple[str, str]:
    return f"“{name}”重复（{one}，{other}）；请写全称", f"“{name}” is there twice ({one}, {other}); give full names"


def _unknown(unit: Unit) -> tuple[str, str]:
    return (
        f"“{unit.name}”的上级“{unit.parent}”不在单位一列中",
        f"the parent “{unit.parent}” of “{unit.name}” is no unit of the roster",
    )


def _cycle(units: list[Unit]) -> tuple[str, str]:
    way = " → ".join(unit.name for unit in units)
    return f"上级成环：{way}", f"parents in a circle: {way}"


def _no_column(column: str, header: list[str]) -> tuple[str, str]:
    chinese = {"unit": "单位", "parent": "上级"}[column]
    there = ", ".join(header) or "—"
    return f"缺少“{chinese}”（{column}）列，有的列：{there}", f"has no column {column} ({chinese}); it has {there}"
