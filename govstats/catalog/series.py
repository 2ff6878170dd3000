"""schemas/harmonised.yaml → which cells of which forms count the same thing; a Report → its figures as such series."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, ValidationError

from govstats.catalog import resources
from govstats.catalog.formats import get_table_form, known_formats
from govstats.catalog.yamlfiles import BothSpec, Spec, load_yaml, rejected
from govstats.errors import CatalogError
from govstats.lang import Text
from govstats.model.forms import CellKey

if TYPE_CHECKING:
    pass

TOTAL = "total"
_EACH = "*"


class Origin(Spec):
    """The cells of some forms whose sum is the series."""

    forms: tuple[str, ...] = Field(min_length=1, description="the formats that print these cells")
    cells: tuple[str, ...] = Field(
        min_length=1,
        description="table/row/column; `*` in the row: the sum of rows; `*` as the column: a column of its own each",
    )
    why: BothSpec = Field(description="why this is the same")


class Absence(Spec):
    """Forms that do not count this."""

    forms: tuple[str, ...] = Field(min_length=1)
    why: BothSpec = Field(description="why nothing in them is the same")


class Series(Spec):
    """One thing that several forms count."""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z_]*(\.[a-z_]+)*$")]
    zh: str
    en: str
    unit: str = "件"
    origins: tuple[Origin, ...] = Field(min_length=1)
    absent: tuple[Absence, ...] = ()

    def origin(self, form: str) -> Origin | None:
        """Where a format prints it, if it does."""
        return next((each for each in self.origins if form in each.forms), None)


class Break(Spec):
    """A year from which on series, and those below them (`reviews.upheld`), cannot be compared with earlier years."""

    since: int
    series: tuple[str, ...] = Field(min_length=1)
    why: BothSpec = Field(description="what changed")

    def concerns(self, key: str) -> bool:
        """Is a series one of them?"""
        return any(key == each or key.startswith(f"{each}.") for each in self.series)


class Apart(Spec):
    """Figures that look alike and are not: they are in no series."""

    zh: str
    en: str
    why: BothSpec


class Harmonised(Spec):
    """The file schemas/harmonised.yaml."""

    series: tuple[Series, ...] = Field(min_length=1)
    breaks: tuple[Break, ...] = ()
    apart: tuple[Apart, ...] = ()

    def breaks_of(self, key: str) -> tuple[Break, ...]:
        """The years in which a series breaks."""
        return tuple(each for each in self.breaks if each.concerns(key))


@cache
def harmonised() -> Harmonised:
    """The mapping. Raises CatalogError if it is not valid, or names cells that a form does not have."""
    path = resources.schemas() / "harmonised.yaml"
    try:
        found = Harmonised.model_validate(load_yaml(path))
    except ValidationError as error:
        raise rejected(path, error) from error
    for series in found.series:
        for origin in series.origins:
            for form in origin.forms:
                if form not in known_formats() or any(not cells_of(form, cell) for cell in origin.cells):
                    told = f"{series.key}: {form} {', '.join(origin.cells)}"
                    raise CatalogError(
                        Text(f"{path} 指向不存在的格：{told}", f"{path} names cells that are not there: {told}")
                    )
    return found


def cells_of(form: str, pattern: str) -> dict[str, list[CellKey]]:
    """`table/row/column` → column of the frame → the cells of a format that make it; empty if it has no such cell."""
    table, rows, column = CellKey.parse(pattern)
    if table not in known_formats()[form].tables:
        return {}
    found: dict[str, list[CellKey]] = {}
    for cell in get_table_form(form, table).cells:
        if fnmatchcase(cell.row, rows) and column in (_EACH, cell.column):
            found.setdefault(cell.column if column == _EACH else TOTAL, []).append(cell)
    return found


def cells_in(formats: Mapping[str, str], series: Series) -> dict[str, list[CellKey]]:
    """Column of the frame → the cells whose sum it is, in a report with these tables (name → format of each).

    They are of the one form whose tables the report has; empty if the report does not count the series.
    """
    for form in dict.fromkeys(formats.values()):
        origin = series.origin(form)
        named = [cells_of(form, cell) for cell in origin.cells] if origin else []
        if named and all(
            formats.get(cell.table) == form for each in named for cells in each.values() for cell in cells
        ):
            return {key: [cell for each in named for cell in each[key]] for key in named[0]}
    return {}
