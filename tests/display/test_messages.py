"""Every message for people, in every output that people read: one language at a time, and no line broken where it may
not be."""

from __future__ import annotations

import ast
import errno
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len
from selectolax.lexbor import LexborHTMLParser

from govstats.catalog.rules import known_rules
from govstats.display.look import Look
from govstats.errors import reason
from govstats.model.audits import Audited, Entry
from govstats.renderers import render
from tests import audits
from tests.folders import ROOT

FORMATS = ("text", "concise", "markdown", "html")
WIDTHS = (60, 80, 120)
CLOSING, OPENING = "，。、；：！？）】》”’%", "（【《“‘"
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")
LATIN = re.compile(r"[A-Za-z][A-Za-z'-]+")
NAMES = re.compile(
    r"\b(?:Word|Excel|PDF|WPS|OFD|HTML|JSON|CSV|YAML|TOML|XML|UTF-8|GBK|GB18030|zip|xlsx?|docx?|html|jsonl?|sarif|csv|txt|png|md"
    r"|Parquet|DuckDB|pandas?|DataFrame|LibreOffice|Python|pip install|govstats|national-\d+|fujian-\d+|[A-Z]\d{3})\b"
)
"""Names that every language writes alike."""
KEPT = re.compile(
    r"规章|行政规范性文件|收费通知|信息处理费|[一二三四五六](?=\W|$)|万?元|本年增|减|无|件|条|(?:皖财综)?〔\d{4}〕\d*号|国办\w*|名单|扫描件|？"
)
"""What English keeps as the forms print it: numbers of sections, units, names of fields and of documents."""


def everything() -> list[Entry]:
    """Every kind of finding, what was not read, and one of each standing."""
    return [*audits.of_every_rule(), *audits.audit(), audits.unread()]


def shown(format_: str, lang: str, width: int) -> str:
    """An output as a reader sees it."""
    told = "".join(map(str, render(format_, everything(), Look(lang=lang, width=width, seen=True))))
    if format_ == "markdown":
        return re.sub(r"&#(\d+);", lambda match: chr(int(match[1])), told)
    if format_ != "html":
        return told
    tree = LexborHTMLParser(told)
    for node in tree.css("script, style, blockquote, datalist"):
        node.decompose()
    assert tree.body is not None
    return str(tree.body.text(separator="\n"))


def documents() -> Iterator[str]:
    """What documents themselves say, in whatever language: names, paths, cells, quoted text."""
    for entry in everything():
        if isinstance(entry, Audited):
            report = entry.report
            yield from (report.path, report.agency or "", *(part or "" for part in report.place or ()))
            yield from re.split("(?<=[市县区])", report.agency or "")
            yield from (raw or "" for table in report.tables.values() for raw in table.raws)
            yield from (each.sentence.marked for each in entry.findings if each.sentence)
        else:
            yield entry.path


def own_words(told: str) -> str:
    """An output without what documents say and without what it quotes."""
    told = re.sub(r"“[^”]*”|《[^》]*》|\"[^\"]*\"|(?:编号|no\.) \S+|\[\S+\]", " ", told)
    said = sorted({text.strip() for text in documents() if not text.strip().isdecimal()}, key=len, reverse=True)
    for text in filter(None, said):
        told = told.replace(text, " ")
    return told


@pytest.mark.parametrize("format_", FORMATS)
def test_chinese_output_has_no_english_but_names(format_: str) -> None:
    words = set(LATIN.findall(NAMES.sub(" ", own_words(shown(format_, "zh", 9999)))))
    assert {word for word in words if word.lower() not in {"example", "xx"}} == set()


@pytest.mark.parametrize("format_", FORMATS)
def test_english_output_has_no_chinese_but_what_is_quoted(format_: str) -> None:
    told = own_words(shown(format_, "en", 9999))
    assert set(CHINESE.findall(KEPT.sub(" ", told))) == set()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_of_the_text_is_too_wide_or_broken_where_it_may_not(lang: str, width: int) -> None:
    lines = [line.strip() for line in shown("text", lang, width).splitlines()]
    assert [line for line in lines if cell_len(line) > width] == []
    assert [line for line in lines if line[:1] in CLOSING and line] == []
    assert [line for line in lines if line[-1:] in OPENING and line] == []


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every `Text(…)` of the code, and where."""
    for path in sorted((ROOT / "govstats").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Text" and node.args:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def texts() -> Iterator[tuple[str, str, str]]:
    """Every `Text(zh, en)` that is written out in the code: where, and both, without what is filled in."""
    for where, node in calls():
        sides = [_written(each) for each in node.args]
        if len(sides) == 2 and None not in sides:
            yield where, *sides  # type: ignore[misc]


def _written(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.sub(r"\{[^}]*\}", " ", node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(each.value) if isinstance(each, ast.Constant) else " " for each in node.values)
    return None


def test_no_english_text_of_the_code_has_chinese_but_what_it_quotes() -> None:
    quoted = re.compile(r"“[^”]*”|《[^》]*》|\([^()]*\)|\"[^\"]*\"|\b万\b")
    found = {where: en for where, zh, en in texts() if zh != en and CHINESE.search(KEPT.sub(" ", quoted.sub(" ", en)))}
    assert len(list(texts())) > 1000
    assert found == {}


def test_every_chinese_text_of_the_code_is_chinese() -> None:
    assert {
        where: zh for where, zh, en in texts() if zh != en and len(LATIN.findall(en)) > 3 and not CHINESE.search(zh)
    } == {}


def test_what_the_system_says_is_told_in_the_language_in_force(tmp_path: Path) -> None:
    for number in sorted(errno.errorcode):
        told = reason(OSError(number, os.strerror(number)))
        assert not CHINESE.search(told.en)
        assert CHINESE.search(told.zh)
    for number in (errno.EACCES, errno.ENOSPC, errno.EROFS, errno.EIO, errno.ENAMETOOLONG, errno.EADDRINUSE):
        assert not LATIN.search(reason(OSError(number, os.strerror(number))).zh)
    for error in (TimeoutError(), FileNotFoundError("http://x"), UnicodeDecodeError("utf-8", b"x", 0, 1, "invalid")):
        assert not LATIN.search(NAMES.sub("", reason(error).zh))


def test_no_text_repeats_what_an_exception_says_in_chinese() -> None:
    """`Text(f"…{error}")`: an exception speaks English; `errors.reason` speaks both."""
    repeated = re.compile(r"f?'?\{(?:error|\w+\.strerror|str\(error\))\}'?")
    for where, node in calls():
        filled = [ast.unparse(each) for each in ast.walk(node.args[0]) if isinstance(each, ast.FormattedValue)]
        assert not [each for each in filled if repeated.fullmatch(each)], where


def test_every_rule_has_a_message_that_was_looked_at() -> None:
    found = {finding.rule for entry in everything() if isinstance(entry, Audited) for finding in entry.findings}
    assert found == set(known_rules())
