"""A frame of indicators → text for a terminal, CSV, JSON, or a workbook."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from govstats.catalog.indicators import Indicator
from govstats.catalog.indicators import indicators as known
from govstats.display.look import Look
from govstats.display.untrusted import csv_safe, unbroken
from govstats.lang import Text
from govstats.model.places import BODIES, LEVELS
from govstats.sources.own import MAKER
from govstats.sources.wholefile import whole_file

FORMATS = ("text", "csv", "json", "xlsx")
_WHOSE = ("agency", "province", "city", "level", "body", "year")
_NOBODY = Text("全部", "all")
_HEAD = Text(
    "{name}：{value}（{numerator}/{n}，95% {low} 至 {high}）", "{name}: {value} ({numerator}/{n}, 95 % {low} to {high})"
)
_WHY = {
    "not_counted": Text("格式不统计", "not counted by the form"),
    "incomplete": Text("有格缺失或不是数", "a cell is missing or no figure"),
    "zero": Text("分母为 0", "the denominator is 0"),
    "inconsistent": Text("分子大于分母，表有错", "more above than below: the table is wrong"),
}
_NO_VALUE = Text("{name}：—（{why}）", "{name}: — ({why})")
_SMALL = Text("，分母不足 {least}，不宜排名", ", n below {least}: not to be ranked")
_BREAKS = Text("，跨 {years} 年的口径变化", ", over the legal break of {years}")
_PEERS = Text("，同类 {peers}", ", peers {peers}")


def rendered(frame: pd.DataFrame, format_: str, look: Look, *, mark: bool) -> str:
    """The frame in a format that is text; with `mark`, CSV begins with the mark by which Excel knows it."""
    if format_ == "csv":
        return ("\ufeff" if mark else "") + _safe(frame).to_csv(index=False, lineterminator="\n")
    if format_ == "json":
        return json.dumps(list(_objects(frame)), ensure_ascii=False, allow_nan=False, indent=1) + "\n"
    return "".join(_lines(frame, look.lang))


def _safe(frame: pd.DataFrame) -> pd.DataFrame:
    texts = {name: frame[name].map(csv_safe, na_action="ignore") for name in frame if _is_text(frame[name])}
    return frame.assign(**{str(name): column for name, column in texts.items()})


def _is_text(column: pd.Series) -> bool:
    return column.dtype == object or isinstance(column.dtype, pd.StringDtype)


def _objects(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for row in frame.astype(object).where(frame.notna(), None).to_dict("records"):
        yield {str(name): value for name, value in row.items()}


def _lines(frame: pd.DataFrame, lang: str | None) -> Iterator[str]:
    """A heading for each report or group, and a line for each indicator; forms' own gaps are left out."""
    by_key = {each.key: each for each in known().indicators}
    size = len(by_key)
    for start in range(0, len(frame), size):
        rows = list(_objects(frame.iloc[start : start + size]))
        yield unbroken(_whose(rows[0], lang)) + "\n"
        yield from (
            f"  {_line(by_key[row['indicator']], row, lang)}\n" for row in rows if row["reason"] != "not_counted"
        )
        yield "\n"


def _whose(row: dict[str, Any], lang: str | None) -> str:
    named = [_called(name, row[name], lang) for name in _WHOSE if row.get(name) is not None]
    return " · ".join([*([row["path"]] if row.get("path") else []), *named]) or _NOBODY.of(lang)


def _called(name: str, value: object, lang: str | None) -> str:
    told = {"level": LEVELS, "body": BODIES}.get(name, {}).get(str(value))
    return told.of(lang) if told else str(value)


def _line(indicator: Indicator, row: dict[str, Any], lang: str | None) -> str:
    name = indicator.name.of(lang)
    if row["value"] is None:
        return _NO_VALUE.format(name=name, why=_WHY[row["reason"]].of(lang)).of(lang)
    shown = {key: _shown(indicator, row[key]) for key in ("value", "low", "high")}
    text = _HEAD.format(name=name, numerator=row["numerator"], n=row["n"], **shown).of(lang)
    if row["peers_value"] is not None:
        text += _PEERS.format(peers=_shown(indicator, row["peers_value"])).of(lang)
    if row["small"]:
        text += _SMALL.format(least=indicator.least).of(lang)
    return text + (_BREAKS.format(years=row["breaks"]).of(lang) if row["breaks"] else "")


def _shown(indicator: Indicator, value: float) -> str:
    return f"{value:.1%}" if indicator.kind == "share" else f"{value:.2f}"


def excel_file(frame: pd.DataFrame, target: Path) -> None:
    """One sheet; figures as numbers, text as text."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    from govstats.display.excelcells import put

    book = Workbook(write_only=True)
    book.properties.creator = MAKER
    page = book.create_sheet(str(Text("指标", "Indicators")))
    page.freeze_panes = "A2"
    for at, values in enumerate([list(frame.columns), *(list(row.values()) for row in _objects(frame))]):
        cells = [WriteOnlyCell(page) for _ in values]
        for cell, value in zip(cells, values, strict=True):
            put(cell, value)
            if at == 0:
                cell.font = Font(bold=True)
        page.append(cells)
    with whole_file(target) as file:
        book.save(file)
