"""Nothing → pdfium, loaded when it is first needed."""

from __future__ import annotations

from typing import Any


def pdfium() -> Any:
    """The library, which takes 60 ms to load and has no types."""
    import pypdfium2

    return pypdfium2
