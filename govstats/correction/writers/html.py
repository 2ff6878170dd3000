"""Copy → a web page: one file, no script, everything that comes from the document escaped."""

from __future__ import annotations

from html import escape

from govstats.catalog.layout import Box, weights
from govstats.correction.copy import CopiedCell, CopiedTable, Copy
from govstats.sources.own import MAKER

SUFFIX = ".html"

_STYLE = """
body { font-family: SimSun, "宋体", "Songti SC", "Noto Serif CJK SC", serif; color: #000; background: #fff;
  max-width: 62em; margin: 2em auto; padding: 0 1em; line-height: 1.5 }
h1 { font-size: 1.5em; text-align: center; font-weight: bold }
h2 { font-size: 1.1em; font-family: SimHei, "黑体", "Noto Sans CJK SC", sans-serif; font-weight: normal }
.remark { text-align: center; font-size: .85em; color: #444 }
table { border-collapse: collapse; width: 100%; table-layout: fixed; font-size: .9em }
td { border: 1px solid #000; padding: .25em .35em; text-align: center; vertical-align: middle;
  overflow-wrap: anywhere }
td.label { text-align: left }
td.changed { background: #fff2cc; font-weight: bold }
td.unread { background: #e7e6e6; color: #444 }
.notes { font-size: .85em; margin: .5em 0 2em }
@media print { body { margin: 0; max-width: none } tr { break-inside: avoid }
  td { -webkit-print-color-adjust: exact; print-color-adjust: exact } }
"""


def write(copy: Copy) -> bytes:
    tables = "".join(_table(table) for table in copy.tables)
    page = (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="generator" content="{MAKER}">\n<meta name="source" content="{escape(copy.source)}">\n'
        f"<title>{escape(copy.title)}</title>\n"
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{escape(copy.title)}</h1>\n"
        f'<p class="remark">{escape(copy.remark)}</p>\n{tables}</body>\n</html>\n'
    )
    return page.encode()


def _table(table: CopiedTable) -> str:
    columns = "".join(f'<col style="width:{100 * weight:.2f}%">' for weight in weights(table.form))
    rows = "".join(f"<tr>{''.join(_box(table, box) for box in row)}</tr>\n" for row in table.boxes)
    notes = "".join(f"<div>{escape(note)}</div>\n" for note in table.notes)
    return (
        f"<h2>{escape(table.heading)}</h2>\n<table>\n<colgroup>{columns}</colgroup>\n{rows}</table>\n"
        f'<div class="notes">\n{notes}</div>\n'
    )


def _box(table: CopiedTable, box: Box) -> str:
    spans = f' colspan="{box.width}"' * (box.width > 1) + f' rowspan="{box.height}"' * (box.height > 1)
    if box.cell is None:
        return f'<td class="{box.kind}"{spans}>{escape(box.text)}</td>'
    cell = table.cells[box.cell]
    title = f' title="{escape(cell.note)}"' if cell.note else ""
    return f'<td class="{_class(cell)}"{spans}{title}>{escape(cell.text)}</td>'


def _class(cell: CopiedCell) -> str:
    return "changed" if cell.changed else "unread" if cell.note else "figure"
