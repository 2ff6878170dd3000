"""Source → damaged source: lines, rows, cells, tags and characters of a text, a page, or the XML of a document."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from random import Random

from tests.damage.verdict import Damaged, compared, print_of

_TAG = re.compile(r"<[^<>]*>")
_ROW_END = re.compile(r"(?<=</tr>)|(?<=</w:tr>)|(?<=</table:table-row>)|(?<=</row>)|(?<=\n)")
_CELL = re.compile(
    r"<td[^<>]*>.*?</td>|<w:tc>.*?</w:tc>|<table:table-cell[^<>]*?(?:/>|>.*?</table:table-cell>)"
    r"|<table:covered-table-cell/>|<c [^<>]*?(?:/>|>.*?</c>)|(?<=\|)[^|\n]*\||(?<=,)[^,\n]*,|(?<=\t)[^\t\n]*\t"
)
_HEADINGS = re.compile("(?=[二三四五]、(?:主动公开|收到|政府信息公开行政|存在))")


def source_damaged(source: str, rng: Random, kinds: Sequence[str] = ()) -> Damaged:
    """A blow to the source of one or two tables, of these kinds (all, if none are given)."""
    pieces = _HEADINGS.split(source)
    struck = rng.sample(range(len(pieces)), rng.randint(1, min(2, len(pieces))))
    blows, shown = list[str](), [source]
    for number in struck:
        blow = rng.choice(kinds or tuple(_ON_SOURCE))
        pieces[number] = _ON_SOURCE[blow](pieces[number], rng)
        blows.append(blow)
        shown.append("".join(pieces))
    if not kinds and rng.random() < 0.15:
        shown.append(shown[-1][: rng.randrange(len(shown[-1]))])
        blows.append("truncate")
    return compared(shown[-1].encode(), blows, [print_of(each) for each in shown])


def _rows_of(piece: str) -> list[str]:
    return _ROW_END.split(piece)


def _drop_line(piece: str, rng: Random) -> str:
    lines = _rows_of(piece)
    del lines[rng.randrange(len(lines))]
    return "".join(lines)


def _double_line(piece: str, rng: Random) -> str:
    lines = _rows_of(piece)
    at = rng.randrange(len(lines))
    return "".join([*lines[: at + 1], *lines[at:]])


def _cut_line(piece: str, rng: Random) -> str:
    """The end of a line is gone; its line end stays."""
    lines = _rows_of(piece)
    at = rng.randrange(len(lines))
    end = "\n" * lines[at].endswith("\n")
    lines[at] = lines[at][: rng.randint(0, len(lines[at]))].rstrip("\n") + end
    return "".join(lines)


def _drop_one(pattern: re.Pattern[str]) -> Callable[[str, Random], str]:
    def drop(piece: str, rng: Random) -> str:
        found = list(pattern.finditer(piece))
        if not found:
            return piece
        match = rng.choice(found)
        return piece[: match.start()] + piece[match.end() :]

    return drop


def _double_one(pattern: re.Pattern[str]) -> Callable[[str, Random], str]:
    def double(piece: str, rng: Random) -> str:
        found = list(pattern.finditer(piece))
        if not found:
            return piece
        match = rng.choice(found)
        return piece[: match.end()] + piece[match.start() :]

    return double


def _drop_characters(piece: str, rng: Random) -> str:
    """A few characters of one line. Where digits would meet that did not stand together, one more goes."""
    lines = _rows_of(piece)
    at = rng.randrange(len(lines))
    line = lines[at]
    start = rng.randint(0, len(line))
    end = min(len(line), start + rng.randint(1, 12))
    if not line[start:end].isdigit():
        while start and end < len(line) and line[start - 1].isdigit() and line[end].isdigit():
            end += 1
    lines[at] = line[:start] + line[end:]
    return "".join(lines)


def _swap_characters(piece: str, rng: Random) -> str:
    if len(piece) < 2:
        return piece
    at = rng.randrange(len(piece) - 1)
    return piece[:at] + piece[at + 1] + piece[at] + piece[at + 2 :]


def _spoil_character(piece: str, rng: Random) -> str:
    at = rng.randrange(max(1, len(piece)))
    return piece[:at] + rng.choice('?"<>&\ufffd\0 |,;') + piece[at + 1 :]


_ON_SOURCE: dict[str, Callable[[str, Random], str]] = {
    "drop line": _drop_line,
    "double line": _double_line,
    "drop cell": _drop_one(_CELL),
    "double cell": _double_one(_CELL),
    "cut line": _cut_line,
    "drop tag": _drop_one(_TAG),
    "double tag": _double_one(_TAG),
    "drop characters": _drop_characters,
    "swap characters": _swap_characters,
    "spoil character": _spoil_character,
}


def part_damaged(package: bytes, part: str, rng: Random, kinds: Sequence[str] = ()) -> Damaged:
    """A blow to the source of one part of a zipped document (.docx, .xlsx, .odt, .ods); the zip itself is sound."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        damaged = source_damaged(old.read(part).decode(), rng, kinds)
        for info in old.infolist():
            content = damaged.data if info.filename == part else old.read(info)
            new.writestr(info.filename, content, info.compress_type)
    return damaged._replace(data=packed.getvalue())
