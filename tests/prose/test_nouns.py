"""Which cells of the forms a sentence can name: all but two columns."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest

from govstats.catalog.formats import get_format
from govstats.prose.nouns import nouns

OTHER = "other_org"
"""其他, the last of the five kinds of bodies: a sentence names it only with the four others, as 法人或其他组织.
It is the one column that no sentence names by itself."""


AMOUNT = "20.9.procurement/amount"
"""采购总金额 in the form of 2019 is in 元 or in 万元, so that no figure of a sentence can be held against it."""


def named(table: str) -> list[tuple[str, str]]:
    """Rows and columns (empty: the total, or the applicants' by their names) of the addresses of all nouns."""
    addresses = [
        address
        for cells in (*(noun.cells for noun in nouns().nouns), *nouns().roles.values())
        for address in cells
        if address.startswith(f"{table}/")
    ]
    found = []
    for address in addresses:
        _, rows, *column = address.split("/")
        found += [(row, column[0] if column else "") for row in rows.split("+")]
    return found


@pytest.mark.parametrize(
    ("form", "table"),
    [
        *(("national-2021", table) for table in ("disclosure", "applications", "litigation")),
        ("national-2019", "disclosure"),
    ],
)
def test_every_cell_can_be_named(form: str, table: str) -> None:
    words = named(table)
    unnamed = {
        f"{row.code}/{column}"
        for row in get_format(form).tables[table].data_rows
        for column in row.columns
        if not any(fnmatchcase(row.code, pattern) and _is_of(column, key) for pattern, key in words)
    }
    assert {cell for cell in unnamed if not cell.endswith(f"/{OTHER}") and cell != AMOUNT} == set()


def _is_of(column: str, key: str) -> bool:
    """A noun without a column names the total, and with the name of an applicant the column of that."""
    applicants = {keys for keys in nouns().applicants if "+" not in keys}
    return column in key.split("+") if key else column == "total" or column in applicants


def test_no_two_nouns_are_the_same() -> None:
    told = [(noun.says, noun.topic, noun.verbs, noun.part) for noun in nouns().nouns]
    assert len(set(told)) == len(told)
