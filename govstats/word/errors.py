"""What a Word file has that cannot be read: WordError and its kinds, in English."""

from __future__ import annotations


class WordError(Exception):
    """What the file has that cannot be read, in English.

    WordError
    ├── OldWordError        written by Word 95 or earlier
    ├── EncryptedWordError  under a password
    └── DamagedWordError    a structure contradicts [MS-DOC]
    """


class OldWordError(WordError):
    """Written by Word 95 or earlier."""


class EncryptedWordError(WordError):
    """Under a password."""


class DamagedWordError(WordError):
    """A structure contradicts [MS-DOC]."""
