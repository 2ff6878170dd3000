"""A file of schemas/formats/ as pydantic reads it: what a form is made of, and what one says that extends another.

A spec compiles to what the rest works with: Columns, Rows, Relations, TableForms.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Annotated, Literal

from pydantic import Field, model_validator

from govstats.catalog.yamlfiles import BothSpec, Spec
from govstats.lang import Text
from govstats.model.forms import CellKey, Column, Relation, Row, TableForm

Arrangement = Literal["rows", "list", "blocks", "side-by-side"]
Number = Literal["count", "amount", "change"]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z_0-9]*$")]


class ColumnSpec(Spec):
    """A figure column."""

    key: Key
    zh: str = Field(description="官方表头 the official header")
    en: str
    unit: str = Field("件", description="计量单位 the unit of its figures")
    number: Number = Field(
        "count",
        description="count: whole and not negative; amount: decimals allowed; change: signed, or in words (增10)",
    )
    units: tuple[str, ...] = Field((), description="units that an amount may be printed in, if the form leaves it open")
    group: str | None = Field(None, description="the header that spans it, if any")
    aliases: tuple[str, ...] = Field((), description="other wordings seen in reports")

    def compile(self) -> Column:
        label = Text(self.zh, self.en)
        return Column(self.key, label, self.unit, self.number, self.group, self.aliases, self.units)


class RowSpec(Spec):
    """A row; codes are unique within the table, `3.3.1` lies under `3.3`."""

    code: str
    zh: str = Field(description="官方行名 the official label, with its ordinal")
    en: str
    heading: bool = Field(False, description="true: groups the rows below, has no figures")
    columns: tuple[Key, ...] | None = Field(None, description="the columns it has; all, if left out")
    group: str | None = Field(None, description="the header printed above it, where rows stand side by side")
    unit: str | None = Field(None, description="the unit of its figures, if it is not the columns'")
    number: Number | None = Field(None, description="what its figures are, if it is not what the columns say")
    aliases: tuple[str, ...] = ()
    optional: bool = Field(
        False, description="true: some editions do not print it, so nobody is told that it is missing"
    )

    def compile(self, keys: tuple[str, ...]) -> Row:
        columns = () if self.heading else keys if self.columns is None else self.columns
        label = Text(self.zh, self.en)
        return Row(self.code, label, columns, self.aliases, self.group, self.unit, self.number, self.optional)


class RelationSpec(Spec):
    """勾稽关系: for each column (or row), the sum of `left` equals the sum of `right`. `*` matches any ending."""

    rule: Annotated[str, Field(pattern=r"^[A-Z]\d{3}$")]
    each: Literal["column", "row"]
    left: tuple[str, ...] = Field(min_length=1)
    right: tuple[str, ...] = Field(min_length=1)
    remainder: BothSpec | None = Field(
        None, description="why `left` may come to less than `right`, if no source says that it must add up"
    )


class TableSpec(Spec):
    """One appendix table."""

    title: BothSpec
    section: str = Field(description="the section of the report that it stands in: 二, 三, 四")
    layout: Arrangement = Field(
        "rows",
        description="rows: labels nested as the headings are; list: one column of labels; blocks: a header of its own "
        "below every heading; side-by-side: all rows in one line of figures",
    )
    corner: str = Field("", description="what is printed above the labels, left of the columns' headers")
    banner: str | None = Field(None, description="the header printed across all columns, if any")
    noise: tuple[str, ...] = Field((), description="header words that name no column: corner, captions")
    columns: tuple[ColumnSpec, ...] = Field(min_length=1)
    rows: tuple[RowSpec, ...] = Field(min_length=1)
    relations: tuple[RelationSpec, ...] = ()
    within: dict[Key, Key] = Field({}, description="columns whose figures are counted in those of another one")

    @model_validator(mode="after")
    def _names_are_unique_and_known(self) -> TableSpec:
        keys = [column.key for column in self.columns]
        codes = [row.code for row in self.rows]
        for names in (keys, codes):
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice:
                raise ValueError(f"named twice: {', '.join(twice)}")
        for row in self.rows:
            unknown = set(row.columns or ()) - set(keys)
            if unknown:
                raise ValueError(f"row {row.code}: unknown columns {', '.join(sorted(unknown))}")
        if unknown := {*self.within, *self.within.values()} - set(keys):
            raise ValueError(f"within: unknown columns {', '.join(sorted(unknown))}")
        for relation in self.relations:
            lines = codes if relation.each == "column" else keys
            for pattern in (*relation.left, *relation.right):
                if not any(fnmatchcase(line, pattern) for line in lines):
                    raise ValueError(
                        f"relation {relation.rule}: {pattern!r} names no line of an equation for each {relation.each}"
                    )
        return self

    def compile(self, format_name: str, name: str) -> TableForm:
        keys = tuple(column.key for column in self.columns)
        rows = {row.code: row.compile(keys) for row in self.rows}
        cells = tuple(CellKey(name, row.code, key) for row in rows.values() for key in row.columns)
        return TableForm(
            format=format_name,
            name=name,
            title=self.title.text(),
            section=self.section,
            columns={column.key: column.compile() for column in self.columns},
            rows=rows,
            relations=tuple(_compile_relations(self.relations, name, rows, keys, cells)),
            layout=self.layout,
            corner=self.corner,
            banner=self.banner,
            noise=self.noise,
            within=tuple(self.within.items()),
            cells=cells,
        )


class FormatSpec(Spec):
    """A file of schemas/formats/."""

    format: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    title: BothSpec
    basis: str = Field(description="文号 the document that prescribes the form")
    since: int = Field(description="the first year that the form is for")
    until: int | None = Field(None, description="the last year, if a newer form replaced it")
    replaces: tuple[str, ...] = Field((), description="the formats that are out of date from `since` on")
    titles: tuple[str, ...] = Field(
        (),
        description="for a form of another statute: what its documents call themselves behind agency and year (regular"
        " expressions); the duties of annual reports on disclosure are then not asked of them",
    )
    extends: None = None
    tables: dict[Key, TableSpec] = Field(min_length=1)


class ColumnChange(ColumnSpec):
    """A column in place of the one of the same key, or a new one."""

    after: Key | None = Field(None, description="the key that a new column stands behind; the end, if left out")


class RowChange(RowSpec):
    """A row in place of the one of the same code, or a new one."""

    after: str | None = Field(None, description="the code that a new row stands behind; the end, if left out")


class TableChange(Spec):
    """What is different in a table that another form has too. Relations, if given, take the place of all of its."""

    title: BothSpec | None = None
    section: str | None = None
    layout: Arrangement | None = None
    corner: str | None = None
    banner: str | None = None
    noise: tuple[str, ...] = ()
    within: dict[Key, Key] = Field({}, description="columns whose figures are counted in those of another one")
    without: tuple[str, ...] = Field((), description="rows and columns that it lacks; `*` matches any ending")
    columns: tuple[ColumnChange, ...] = ()
    rows: tuple[RowChange, ...] = ()
    relations: tuple[RelationSpec, ...] = ()


class ExtendingSpec(Spec):
    """A file of schemas/formats/ that says how a form differs from another one."""

    format: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    title: BothSpec
    basis: str
    since: int
    until: int | None = None
    replaces: tuple[str, ...] = Field((), description="the formats that are out of date from `since` on")
    extends: str = Field(description="the form in this folder whose tables it takes over")
    tables: dict[Key, TableChange | TableSpec | None] = Field({}, description="what differs; null: it lacks the table")


def _compile_relations(
    specs: tuple[RelationSpec, ...], table: str, rows: dict[str, Row], keys: tuple[str, ...], cells: tuple[CellKey, ...]
) -> list[Relation]:
    index = {cell: position for position, cell in enumerate(cells)}
    codes = tuple(code for code, row in rows.items() if not row.heading)

    def side(patterns: tuple[str, ...], names: tuple[str, ...]) -> list[str]:
        return [name for name in names if any(fnmatchcase(name, pattern) for pattern in patterns)]

    compiled = []
    for family, spec in enumerate(specs):
        names, lines = (codes, keys) if spec.each == "column" else (keys, codes)
        left, right = side(spec.left, names), side(spec.right, names)
        text = f"{_shorten(left)} = {_shorten(right)}"
        remainder = spec.remainder.text() if spec.remainder else None
        for line in lines:
            addresses = [
                [CellKey(table, *((name, line) if spec.each == "column" else (line, name))) for name in names_of_side]
                for names_of_side in (left, right)
            ]
            if all(address in index for side_ in addresses for address in side_):
                left_at, right_at = (tuple(index[address] for address in side_) for side_ in addresses)
                compiled.append(Relation(spec.rule, family, line, spec.each, left_at, right_at, text, remainder))
    return compiled


def _shorten(names: list[str]) -> str:
    shown = names if len(names) <= 3 else [names[0], "…", names[-1]]
    return " + ".join(shown)
