"""What was recognised in pictures: how much of it is proved, and which cells are in doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from govstats.catalog.rules import get_rule
from govstats.diagnosis.examine import Examined
from govstats.lang import Text
from govstats.model.finding import CellFinding, Finding
from govstats.model.recognised import Trust
from govstats.model.table import Table
from govstats.model.wording import NOTHING, cell_name, listed, table_name

RULES = ("D017",)


def check(examined: Examined) -> Iterator[Finding]:
    for table in examined.report.tables.values():
        if table.recognised:
            yield _told(table)


def _told(table: Table) -> Finding:
    trusts = Counter(each.trust for each in table.recognised.values())
    doubtful = [at for at, each in table.recognised.items() if each.trust is Trust.DOUBTFUL]
    fields = {
        "table": table_name(table),
        "n": len(table.recognised) - len(doubtful),
        "proved": trusts[Trust.PROVED],
        "agreed": trusts[Trust.AGREED],
        "doubtful": _doubtful(table, doubtful),
    }
    cells = tuple(CellFinding(*table.form.cells[at][1:], None, None) for at in doubtful)
    return get_rule("D017").finding(fields, table=table.form.name, cells=cells, place=table.place)


def _doubtful(table: Table, cells: list[int]) -> Text:
    if not cells:
        return NOTHING
    names = listed(_with_text(table, at) for at in cells)
    return Text(f"拿不准、算作读不出的有 {len(cells)} 格：{names.zh}。", f" In doubt, so unreadable: {names.en}.")


def _with_text(table: Table, at: int) -> Text:
    name, text = cell_name(table.form, at), table.recognised[at].text
    return Text(f"{name.zh}（像“{text}”）", f"{name.en} (like “{text}”)") if text else name
