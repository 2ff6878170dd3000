"""A report → the same, damaged: in its tables, in its source, or in its bytes; and what it prints before and after.

All figures of the report are different. So a cell may hold its own figure; or, where that figure is no longer printed
anywhere, one that the damage has made. Anything else was read from another place.

No two blows fall on one row, and none on a header together with its rows: a figure lost and another one put in its
place (or a column's name and a row's figure lost together) leave a document that prints the wrong figure as if right.
"""

from random import Random

from tests.damage.raw import bytes_damaged, drawn, latin, message, page
from tests.damage.source import part_damaged, source_damaged
from tests.damage.tables import tables_damaged
from tests.damage.verdict import Damaged

__all__ = [
    "Damaged",
    "Random",
    "bytes_damaged",
    "drawn",
    "latin",
    "message",
    "page",
    "part_damaged",
    "source_damaged",
    "tables_damaged",
]
