"""Region → the units of money that it names for its amounts: in a header, a caption, a label, or a column of units."""

from __future__ import annotations

import re

from govstats.alignment.locate import Region
from govstats.alignment.vocabulary import vocabulary
from govstats.model.forms import amounts
from govstats.text.figures import money_said
from govstats.text.labels import plain

_CAPTION = re.compile(r"[(]?(?:金额)?单位")


def money_units(region: Region) -> dict[int, str]:
    """Position of an amount → the unit that stands above it, beside it, or in its label. Nothing for other cells."""
    form = region.form
    money = {at: (form.cells[at].row, form.cells[at].column) for at in amounts(form)}
    if not money:
        return {}
    known, units, said = vocabulary(form), dict[int, str](), dict[str, str]()
    for row in region.rows:
        named = [
            (text, words, unit) for text, words in zip(row.texts, row.words, strict=True) if (unit := money_said(text))
        ]
        codes = {code for words in row.words for code in known.rows.get(words, ())} if named else set()
        for text, words, unit in named:
            if codes:
                units |= {at: unit for at, (code, _) in money.items() if code in codes}
            elif (key := _column(known.columns, words)) or _CAPTION.match(plain(text)):
                said[key] = unit
    for at, (_, key) in money.items():
        if unit := said.get(key, said.get("", "")):
            units.setdefault(at, unit)
    return units


def _column(columns: dict[str, str], words: str) -> str:
    """The column that the words of a header begin with; empty if none."""
    return columns.get(words) or next((key for name, key in columns.items() if words.startswith(name)), "")
