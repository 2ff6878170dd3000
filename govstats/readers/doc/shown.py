"""A WordFile and its text → the characters as printed, and which of them a tracked change has deleted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from contextlib import suppress

from govstats.readers.doc.errors import DamagedWordError
from govstats.readers.doc.face import Face, has_shade, style_of
from govstats.readers.doc.fib import WordFile
from govstats.readers.doc.fields import drop_instructions
from govstats.readers.doc.pages import CHARACTERS, PARAGRAPHS, Pages
from govstats.readers.doc.pieces import Piece
from govstats.readers.doc.styles import character_styles


def shown_and_deleted(file: WordFile, pieces: list[Piece], text: str) -> tuple[list[str], bytearray]:
    """Both by position: a string, empty if nothing is printed there; and 1 where deleted."""
    shown = list(text)
    deleted = bytearray(len(text))
    drop_instructions(text, shown)
    runs = list(_character_runs(file, pieces))
    lists = {sprms for *_, sprms in runs}
    styles = _styles(file) if any(style_of(sprms) >= 0 for sprms in lists) else {}
    faces = {sprms: Face.of(sprms, styles) for sprms in lists}
    if any(face.white for face in faces.values()) and not _is_shaded(file, faces):
        faces = {sprms: face._replace(hidden=face.hidden or face.white) for sprms, face in faces.items()}
    plain = Face()
    for piece, first, last, sprms in runs:
        face = faces[sprms]
        if face != plain:
            positions = piece.positions(first, last)
            face.apply(range(positions.start, min(positions.stop, len(text))), shown, deleted)
    return shown, deleted


def _styles(file: WordFile) -> dict[int, tuple[bytes, ...]]:
    """None where the style sheet is damaged: the text is read all the same."""
    with suppress(DamagedWordError):
        return character_styles(file.style_sheet)
    return {}


def _is_shaded(file: WordFile, of_characters: Iterable[bytes]) -> bool:
    """Is anything but white behind any text? Then white may be seen, and nobody can tell where."""
    of_paragraphs = {sprms for _, _, sprms in Pages(file.word, file.paragraph_plc, PARAGRAPHS).runs()}
    return any(has_shade(sprms) for sprms in {*of_characters, *of_paragraphs})


def _character_runs(file: WordFile, pieces: list[Piece]) -> Iterator[tuple[Piece, int, int, bytes]]:
    """Each piece with the runs that it meets: first byte, byte behind the last, list of Sprm."""
    runs = sorted(run for run in Pages(file.word, file.character_plc, CHARACTERS).runs() if run[0] < run[1])
    firsts = [first for first, _, _ in runs]
    for piece in pieces:
        index = max(0, bisect_right(firsts, piece.place) - 1)
        behind = bisect_left(firsts, piece.byte(piece.end))
        yield from ((piece, first, last, sprms + piece.prm) for first, last, sprms in runs[index:behind])
