"""Comments of a worksheet, as every Excel and WPS shows them: xl/comments1.xml, and a drawing of their boxes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from xml.sax.saxutils import escape

from openpyxl.utils.cell import get_column_letter

from govstats.correction.inplace._comments import before_end
from govstats.correction.inplace._contract import CannotOperate
from govstats.correction.inplace._sheetxml import Position, attribute
from govstats.correction.inplace._zip import Archive

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_TYPES = "[Content_Types].xml"
_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{number}"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{id}" type="#_x0000_t202" fillcolor="#ffffe1" o:insetmode="auto"'
    ' style="position:absolute;margin-left:60pt;margin-top:2pt;width:220pt;height:110pt;z-index:{id};'
    'visibility:hidden">'
    '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{right}, 15, {row}, 2, {far}, 15, {low}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_BEHIND_DRAWING = (
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"),
)
_IDS_OF_A_SHEET = 1024


class Notes:
    """The comments of the sheet that is this part, its how many-th being `number`, while more are added."""

    def __init__(self, package: Archive, sheet: str, number: int, author: str) -> None:
        self._package, self._number, self._author = package, number, author
        folder, name = posixpath.split(sheet)
        self._folder, self._relations = folder, f"{folder}/_rels/{name}.rels"
        self._added: dict[Position, str] = {}

    def add(self, position: Position, note: str) -> None:
        """One more at a cell (row and column from 1)."""
        before = self._added.get(position, f"{self._author}：")
        self._added[position] = f"{before}\n{note}"

    def parts(self, sheet: str, others: Mapping[str, bytes]) -> tuple[str, dict[str, bytes]]:
        """The source of the sheet, which names their drawing, and the parts that are other than before, or new. Some
        may be `others` already."""
        if not self._added:
            return sheet, {}
        relations = (
            self._package.text(self._relations)
            or f'{_HEAD}<Relationships xmlns="{_PACKAGE_RELATIONS}"></Relationships>'
        )
        types = others[_TYPES].decode() if _TYPES in others else self._package.text(_TYPES)
        comments, drawing = self._target(relations, "comments"), self._target(relations, "vmlDrawing")
        made: dict[str, bytes] = {}
        if not comments:
            comments = self._free("xl/comments{}.xml", others)
            relations, _ = self._related(relations, "comments", comments)
            types = before_end(types, "Types", f'<Override PartName="/{comments}" ContentType="{_KIND}"/>')
        if not drawing:
            drawing = self._free("xl/drawings/vmlDrawing{}.vml", others)
            relations, name = self._related(relations, "vmlDrawing", drawing)
            sheet = _with_drawing(sheet, name)
            if not re.search(r"""Extension\s*=\s*["']vml["']""", types, re.IGNORECASE):
                kind = "application/vnd.openxmlformats-officedocument.vmlDrawing"
                types = re.sub(
                    r"(<Types\b[^>]*>)", rf'\1<Default Extension="vml" ContentType="{kind}"/>', types, count=1
                )
        made[comments] = self._comments(self._package.text(comments)).encode()
        made[drawing] = self._shapes(self._package.text(drawing)).encode()
        return sheet, {**made, self._relations: relations.encode(), _TYPES: types.encode()}

    def _target(self, relations: str, kind: str) -> str:
        for tag in re.findall(r"<(?:[\w.-]+:)?Relationship\s[^>]*>", relations):
            if (attribute(tag, "Type") or "").endswith(f"/{kind}"):
                target = attribute(tag, "Target") or ""
                return posixpath.normpath(posixpath.join("/" + self._folder, target)).lstrip("/")
        return ""

    def _free(self, pattern: str, others: Mapping[str, bytes]) -> str:
        taken = {name.lower() for name in (*self._package.names, *others)}
        return next(name for at in range(1, len(taken) + 2) if (name := pattern.format(at)).lower() not in taken)

    def _related(self, relations: str, kind: str, part: str) -> tuple[str, str]:
        taken = set(re.findall(r"""\bId\s*=\s*["']([^"']+)["']""", relations))
        name = next(each for at in range(1, len(taken) + 2) if (each := f"rIdG{at}") not in taken)
        tag = f'<Relationship Id="{name}" Type="{_RELATION}/{kind}" Target="/{part}"/>'
        return before_end(relations, "Relationships", tag), name

    def _comments(self, source: str) -> str:
        source = source or (
            f'{_HEAD}<comments xmlns="{_SPREADSHEET}"><authors></authors><commentList></commentList></comments>'
        )
        authors = re.search(r"<((?:[\w.-]+:)?)authors\s*(?:/>|>(.*?)</(?:[\w.-]+:)?authors\s*>)", source, re.DOTALL)
        if authors is None:
            raise CannotOperate
        p, number = authors[1], len(re.findall(r"<(?:[\w.-]+:)?author\b", authors[2] or ""))
        named = f"<{p}authors>{authors[2] or ''}<{p}author>{escape(self._author)}</{p}author></{p}authors>"
        source = source[: authors.start()] + named + source[authors.end() :]
        for position, note in self._added.items():
            source = _with_comment(source, p, number, f"{get_column_letter(position[1])}{position[0]}", note)
        return source

    def _shapes(self, source: str) -> str:
        source = source or _VML.format(number=self._number)
        first = self._number * _IDS_OF_A_SHEET + 1
        taken = max((int(number) for number in re.findall(r"_x0000_s(\d+)", source)), default=first - 1)
        places = set(zip(*(re.findall(rf"<x:{name}>\s*(\d+)", source) for name in ("Row", "Column")), strict=False))
        shapes = ""
        for row, column in self._added:
            if (str(row - 1), str(column - 1)) in places:
                continue
            taken += 1
            shapes += _SHAPE.format(id=taken, row=row - 1, column=column - 1, right=column, far=column + 4, low=row + 6)
        at = source.rfind("</xml>")
        if at < 0:
            raise CannotOperate
        return source[:at] + shapes + source[at:]


def _with_comment(source: str, p: str, author: int, name: str, note: str) -> str:
    """One more comment; at a cell that has one, more text in that."""
    text = f'<{p}r><{p}t xml:space="preserve">{escape(note)}</{p}t></{p}r>'
    own = re.search(rf"""<{p}comment\s[^>]*\bref\s*=\s*["']{name}["'].*?(?=</{p}text>)""", source, re.DOTALL)
    if own and "</" + p + "comment>" not in own[0]:
        return source[: own.end()] + text.replace(">govstats", ">\ngovstats", 1) + source[own.end() :]
    comment = f'<{p}comment ref="{name}" authorId="{author}"><{p}text>{text}</{p}text></{p}comment>'
    empty = re.search(rf"<{p}commentList\s*/>", source)
    if empty:
        return f"{source[: empty.start()]}<{p}commentList>{comment}</{p}commentList>{source[empty.end() :]}"
    at = source.rfind(f"</{p}commentList>")
    if at < 0:
        raise CannotOperate
    return source[:at] + comment + source[at:]


def _with_drawing(sheet: str, name: str) -> str:
    """The sheet with the relation of the drawing of its comments, where the schema wants it."""
    root = re.search(r"<((?:[\w.-]+:)?)worksheet\b", sheet)
    p = root[1] if root else ""
    tag = f'<{p}legacyDrawing xmlns:r="{_RELATION}" r:id="{name}"/>'
    behind = "|".join(f"{re.escape(p)}{each}" for each in _BEHIND_DRAWING)
    body = sheet.rfind(f"</{p}sheetData>")
    at = re.compile(rf"<(?:{behind}|mc:AlternateContent)\b|</{re.escape(p)}worksheet\s*>").search(sheet, max(body, 0))
    if at is None:
        raise CannotOperate
    return sheet[: at.start()] + tag + sheet[at.start() :]
