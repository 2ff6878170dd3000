"""What govstats makes of a document ↔ bytes, for the ledger and for other processes.

Pickle, since it is fast and knows our classes. What is loaded may name only those that hold plain data, so that a
ledger that someone else wrote can bring no code to life.
"""

from __future__ import annotations

import pickle
from enum import IntEnum
from io import BytesIO
from typing import Any

from govstats.model.document import Span
from govstats.model.outcomes import Outcome
from govstats.model.recognised import Trust
from govstats.text.figures import State

_HOMES = {"govstats.errors", "govstats.lang", "govstats.text.figures"} | {
    f"govstats.model.{module}"
    for module in (
        "claim",
        "document",
        "finding",
        "forms",
        "glance",
        "outcomes",
        "places",
        "recognised",
        "report",
        "table",
    )
}
"""The modules whose classes are plain data."""
_OTHERS = {
    ("collections", "Counter"),
    ("datetime", "date"),
    ("govstats.catalog.formats", "get_table_form"),
    ("numpy", "dtype"),
    ("numpy", "ndarray"),
    ("numpy._core.multiarray", "_reconstruct"),
    ("numpy._core.numeric", "_frombuffer"),
    ("numpy.core.multiarray", "_reconstruct"),
    ("numpy.core.numeric", "_frombuffer"),
}


def dumped(thing: object) -> bytes:
    """What govstats made of a document → bytes."""
    stored = BytesIO()
    _Pickler(stored, pickle.HIGHEST_PROTOCOL).dump(thing)
    return stored.getvalue()


def loaded(data: bytes) -> Any:
    """The same again. Raises pickle.UnpicklingError for anything but plain data of ours."""
    return _Unpickler(BytesIO(data)).load()


def _by_value(member: IntEnum) -> tuple[type[IntEnum], tuple[int]]:
    return type(member), (int(member),)


class _Pickler(pickle.Pickler):
    """As Python does it, whatever others taught `copyreg`: tblib, which dask loads, has exceptions its own way.

    Python 3.11.0 to 3.11.3 would store the members of an enum as a call of `getattr`, which is not plain data.
    """

    dispatch_table = dict.fromkeys((Outcome, Span, State, Trust), _by_value)


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if module in _HOMES or (module, name) in _OTHERS:
            found = super().find_class(module, name)
            if (module, name) in _OTHERS or (isinstance(found, type) and found.__module__ == module):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a ledger")
