"""A file that holds files (a zip, a tar, a mail with attachments) → them, whichever kind it is."""

from __future__ import annotations

from collections.abc import Iterator

from govstats.errors import ReadError
from govstats.sources import archive, mail, tarball


def begins(head: bytes) -> bool:
    """May a file with these first bytes hold others? Of a mail only its whole tells."""
    return head.startswith(archive.MAGIC) or tarball.begins(head)


def is_archive(data: bytes) -> bool:
    """Does it hold files, and is it no document itself?"""
    return archive.is_archive(data) or tarball.begins(data[:512]) or mail.is_mail(data)


def members(name: str, data: bytes) -> Iterator[tuple[str, bytes | ReadError]]:
    """Its files, by name: the path inside, and the bytes, or why they cannot be had. Raises ReadError."""
    if data.startswith(archive.MAGIC):
        return archive.members(data)
    return tarball.members(name, data) if tarball.begins(data[:512]) else mail.members(data)


def names(name: str, data: bytes) -> list[str]:
    """The names of its files; none if it is damaged."""
    if data.startswith(archive.MAGIC):
        return archive.names(data)
    return tarball.names(name, data) if tarball.begins(data[:512]) else [inside for inside, _ in mail.members(data)]
