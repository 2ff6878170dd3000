"""Roster: which units there are, and whose; from a sheet (units.csv) or folders. It settles doubtful names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path

from govstats.comparison.names import key_of
from govstats.comparison.rostersheet import fault, rows_of
from govstats.errors import UsageError, reason
from govstats.identity.names import is_name, is_partial, is_region
from govstats.lang import Text, joined
from govstats.text.labels import plain
from govstats.text.patterns import lazy

_ALIKE = 0.8
_NO_PARENT = {"", "无", "/", "-", "—"}
_NOT_DUE = {"否", "×", "x", "✗", "✘", "不", "不报送", "不填报", "无需", "免报", "不纳入", "n", "no", "false", "0"}
_VERTICAL = lazy("垂直|垂管|中央驻|vertical")
_PARTED = lazy("[;；|、]")
_YEAR = lazy(r"[(]?(?:19|20)\d\d(?:年度?)?[)]?(?:[-~至](?:19|20)\d\d(?:年度?)?)?|^\d+[.、_-]")
_PLACE = lazy("^(?:[一-鿿]{1,7}?(?:省|自治区|市|县|区|州|盟|旗))+")
_GOVERNMENT = lazy(r"(?:人民)?政府(?:办公室|办公厅)?$")
_OWN = lazy(r"^[省市县区州盟旗镇乡](?=[一-鿿]{2})")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its name, its parent's name (None: none), other names. `line`: where it stands in its sheet.

    `level`, `place` and `body` as the sheet says; with `due` false it does not report to its parent (垂直管理): nobody
    waits for it, and it is in nobody's sums.
    """

    name: str
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    line: int = 0
    level: str = ""
    place: str = ""
    body: str = ""
    due: bool = True


@dataclass(frozen=True)
class Roster:
    """The units of a run. `source`: the sheet or folder that they are from."""

    units: tuple[Unit, ...]
    source: str = ""

    @classmethod
    def read(cls, path: str | Path) -> Roster:
        """A sheet → Roster: a workbook, or text in UTF-8, UTF-16 or GB18030 whose columns are parted by commas,
        semicolons or tabs. A title may stand above the header.

        Columns: unit, parent, and, if wanted, aliases, level, place, body, due, as people call them (单位, 主管部门,
        别名, 级别, 地区, 类别, 是否报送); aliases are parted by `；`, `;`, `|` or `、`.

        Raises UsageError with the line: no unit at all, a column that is missing or there twice, a unit named twice, a
        parent that is a unit's mistyped, a unit that is its own parent by way of others.
        """
        return cls.parse(_bytes(Path(path)), str(path))

    @classmethod
    def parse(cls, data: bytes, source: str) -> Roster:
        """The same from the sheet's bytes; `source` is what to call it. Raises UsageError."""
        units = tuple(_unit(source, line, row) for line, row in rows_of(data, source))
        if not units:
            raise fault(source, 0, "没有一个单位", "names no unit")
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
        source = joined(paths)
        if not found:
            raise UsageError(
                Text(
                    f"文件夹 {source.zh} 里没有以单位命名的文件夹。", f"No folder in {source.en} is named after a unit."
                ),
                Text("给文件夹写上单位名称，或用 units.csv。", "Name folders after units, or use a units.csv."),
            )
        return cls(tuple(found.values()), str(source)).checked()

    def checked(self) -> Roster:
        """Itself, with the parents that have no line of their own: nobody waits for them. Raises UsageError where a
        name is two units', a parent's name looks like a unit's mistyped, or somebody is their own parent."""
        owners: dict[str, Unit] = {}
        for unit in self.units:
            for name in (unit.name, *unit.aliases):
                other = owners.setdefault(key_of(name), unit)
                if other is not unit:
                    raise fault(self.source, unit.line, *_twice(name, other.name, unit.name))
        implied: list[Unit] = []
        for unit in self.units:
            if unit.parent is not None and key_of(unit.parent) not in owners:
                if meant := _mistyped(unit.parent, (each.name for each in self.units)):
                    raise fault(self.source, unit.line, *_unknown(unit, meant))
                implied.append(Unit(unit.parent, line=unit.line, due=False))
                owners[key_of(unit.parent)] = implied[-1]
        for unit in self.units:
            self._climb(unit, owners)
        return replace(self, units=(*self.units, *implied)) if implied else self

    def _climb(self, unit: Unit, owners: Mapping[str, Unit]) -> None:
        seen, at = [unit], unit
        while at.parent is not None:
            at = owners[key_of(at.parent)]
            if at in seen:
                raise fault(self.source, unit.line, *_cycle([*seen, at]))
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
            yield _whole(name, unit.place)
            if is_region(name):
                yield f"{name}人民政府"

    @cached_property
    def names(self) -> dict[str, str]:
        """Key → name of a unit."""
        return {key_of(unit.name): unit.name for unit in self.units}

    @cached_property
    def called(self) -> dict[str, tuple[str, ...]]:
        """Key of a unit → what its files may be called: its names, and what is left of them without the place that all
        units have before theirs, where no other unit is called so."""
        bare = Counter(_bare(unit.name) for unit in self.units)
        return {
            key_of(unit.name): (unit.name, *unit.aliases, *([_bare(unit.name)] if bare[_bare(unit.name)] == 1 else []))
            for unit in self.units
        }

    @cached_property
    def children(self) -> dict[str, tuple[str, ...]]:
        """Key of a parent → keys of its units, in the order of the roster."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for unit, parent in self.parents.items():
            if parent is not None and unit in self.due:
                found[parent].append(unit)
        return {parent: tuple(units) for parent, units in found.items()}

    @cached_property
    def due(self) -> frozenset[str]:
        """Keys of the units that report to their parents."""
        return frozenset(key_of(unit.name) for unit in self.units if unit.due)

    @cached_property
    def parents(self) -> dict[str, str | None]:
        """Key of a unit → key of its parent, None for those at the top; in the order of the roster."""
        return {key_of(unit.name): unit.parent and self.settled[key_of(unit.parent)] for unit in self.units}


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise fault(path, 0, f"打不开：{reason(error).zh}", f"cannot be opened: {reason(error).en}") from error


def _unit(path: str | Path, line: int, row: Mapping[str, str]) -> Unit:
    name, aliases = row.get("unit", ""), row.get("aliases", "")
    if not name:
        raise fault(path, line, "没有写单位", "names no unit")
    body = row.get("body", "")
    return Unit(
        name,
        None if row.get("parent", "") in _NO_PARENT else row["parent"],
        tuple(filter(None, _PARTED.split(aliases))),
        line,
        row.get("level", ""),
        row.get("place", ""),
        body,
        row.get("due", "").lower() not in _NOT_DUE and not _VERTICAL.search(body),
    )


def _bare(name: str) -> str:
    """青山县水利局 → 水利局; a region's own government stays whole."""
    left = _PLACE.sub("", plain(name))
    return left if len(left) > 2 and not _GOVERNMENT.fullmatch(left) else plain(name)


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


def _twice(name: str, one: str, other: str) -> tuple[str, str]:
    if one == other:
        return f"“{name}”写了两次；只留一行", f"“{name}” is there twice; keep one line"
    return f"“{name}”重复（{one}，{other}）；请写全称", f"“{name}” is there twice ({one}, {other}); give full names"


def _mistyped(name: str, known: Iterable[str]) -> str | None:
    """The unit that was probably meant by a name that is none: one character is another, missing or too many."""
    alike = (each for each in known if each != name and abs(len(each) - len(name)) <= 1)
    return next((each for each in alike if SequenceMatcher(None, each, name).ratio() > _ALIKE), None)


def _unknown(unit: Unit, meant: str) -> tuple[str, str]:
    return (
        f"“{unit.name}”的上级“{unit.parent}”不在单位一列中，是不是“{meant}”",
        f"the parent “{unit.parent}” of “{unit.name}” is no unit of the roster; perhaps “{meant}”",
    )


def _cycle(units: list[Unit]) -> tuple[str, str]:
    way = " → ".join(unit.name for unit in units)
    return f"上级成环：{way}", f"parents in a circle: {way}"
