"""Texts → dictionary indices in the order first met, and those indices → Arrow columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

NONE = -1
"""The index of what is not there."""


class Vocabulary:
    """Each text once."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._indices: dict[str | None, int] = {None: NONE}
        for text in texts:
            self.index(text)

    def index(self, text: str | None) -> int:
        """The index of a text; NONE for None."""
        found = self._indices.get(text)
        return self._indices.setdefault(text, len(self._indices) - 1) if found is None else found

    def column(self, indices: Sequence[int] | NDArray[np.int32]) -> pa.DictionaryArray:
        """Indices → a column of text, null where the index is NONE."""
        codes = np.asarray(indices, dtype=np.int32)
        missing = codes < 0
        texts = [encodable(text) for text in self._indices if text is not None]
        return pa.DictionaryArray.from_arrays(
            pa.array(codes, pa.int32(), mask=missing if missing.any() else None), pa.array(texts, pa.string())
        )


def encodable(text: str) -> str:
    """The text as UTF-8 can hold it: a name of a file, or a damaged page, may have half characters."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()
