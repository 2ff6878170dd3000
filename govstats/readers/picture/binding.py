"""Pictures of the pages of one report ↔ the bytes of one document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

MARK = b"govstats: pages\n"
_LENGTH = 8


def bound(pages: Sequence[bytes]) -> bytes:
    """Pictures, one behind the other, each with its length."""
    return MARK + b"".join(len(page).to_bytes(_LENGTH, "big") + page for page in pages)


def unbound(data: bytes) -> Iterator[bytes]:
    """The pictures that are bound; of one that stands alone, itself."""
    if not data.startswith(MARK):
        yield data
        return
    at = len(MARK)
    while at < len(data):
        length = int.from_bytes(data[at : at + _LENGTH], "big")
        yield data[at + _LENGTH : at + _LENGTH + length]
        at += _LENGTH + length
