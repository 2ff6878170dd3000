"""How what govstats writes begins, by the suffix of its file: pages by their mark, all else by its first lines.

Texts and lists are for other programs, or to be read: a mark in them would be in the way of both.
"""

from __future__ import annotations

import re

LIST_OPENING = "govstats 改动说明："
"""How the list begins that stands beside a corrected text."""
_PAGE = r'<meta name="generator" content="govstats|<title>年度报告核对结果</title>'
_HEADS = (
    "(?:path,)?agency,year,format,table,row,column,",
    "path,sha256,agency,year,format,",
    "format,table,row,column,table_zh,",
    "agency,year,series,column,value,",
    "[^\n]*,?indicator,value,numerator,",
    "文件,机关,年度,表,行号,",
    "File,Agency,Year,Table,Row code,",
)
"""The long table, its reports, its labels, its series; indicators; proposals."""
_TABLE = rf"\A\ufeff?(?:{'|'.join(_HEADS)})"
_OBJECTS = (
    r'\A\[?\s*\{\s*"path": "[^"\n]*",\s*"(?:sha256|error)": ',
    r'\A\{\s*"old": \{\s*"path": ',
    r'\A\{\s*"version": 1,\s*"reports": \[',
    r'\A\{"\$schema": "[^"\n]*sarif',
    r'\A\[\s*\{(?:\s*"\w+": [^\n]*,)*?\s*"indicator": "\w+",\s*"value": ',
)
_XML = r'<testsuites name="govstats"'
_LINES = (
    "### (?:政府信息公开工作年度报告核对结果|Audit of annual reports on information disclosure)",
    "# (?:建议表|Proposals)\r?\n",
    LIST_OPENING,
    r"汇总：\d+ 份报告|Summary of \d+ reports",
    r"核对了 \d+ 份报告：|\d+ reports? checked: ",
    "::(?:error|warning|notice) file=",
    "[^\n]+: (?:[A-Z]\\d{3} (?:错误|警告|提示|error|warning|info) |没有读成: |not read: )",
    "- [^\n]+  [^\n]*\n(?:[^\n+][^\n]*\n){0,3}\\+ [^\n]+  [^\n]*\n",
    "[^\n]+\r?\n  [^ \n][^\n]* · (?:[a-z][a-z-]*-\\d{4}|—|没有可核对的勾稽关系|no relations to verify)",
    "[^\n]+\r?\n  (?:没有读成：|Not read: |实质公开率：|Disclosed wholly or in part: )",
)
"""Results in Markdown, proposals, the list beside a text; results as a summary, a last line, for continuous
integration, concise; what differs; results or reports one by one; a file that was not read, indicators."""
_TEXT = rf"\A\ufeff?(?:{'|'.join(_LINES)})"
_BY_SUFFIX = {
    **dict.fromkeys((".html", ".htm"), _PAGE),
    **dict.fromkeys((".csv", ".tsv"), _TABLE),
    ".json": "|".join(_OBJECTS),
    ".xml": _XML,
    **dict.fromkeys((".md", ".txt", ".text"), _TEXT),
}
_OPENINGS = {suffix: re.compile(pattern) for suffix, pattern in _BY_SUFFIX.items()}


def is_own(head: bytes, suffix: str) -> bool:
    """Does a file with this suffix begin as one of ours does?"""
    opening = _OPENINGS.get(suffix)
    if opening is None:
        return False
    text = head.decode("utf-8", "replace")
    return opening.search(text.replace('"', "") if suffix in {".csv", ".tsv"} else text) is not None
