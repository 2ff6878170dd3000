"""Entries whose every text is arbitrary: agency, path, labels, messages, reasons. No output may break on them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import hypothesis.strategies as st

import govstats
from govstats.errors import ReadError
from govstats.lang import Text
from govstats.model.audits import Audited, Entry, Unread
from govstats.model.document import Place

_NASTY = (
    "\n::error::x", "\r\n::set-output name=a::b", "##[command]x", "]]>", "<!--", "</failure>", "&#0;", "\x00",
    "\x1b[31m",
    "\ud800", "\udcff", "\ufffe", "\u2028::warning::x", "\x85::notice::y", "|", "`",
    "[a](http://x.y)", "<script>", "@admin", "a\x00/b",
    "https://x.y", "www.x.y", "a@b.cn", "#12", "%0A", "“", "”", "【1】", "\\", '"', "{}", "://", "../",
    "C:\\x", "~~", "\n\n# t",
)  # fmt: skip

texts = st.lists(st.one_of(st.sampled_from(_NASTY), st.text(st.characters(), max_size=8)), max_size=5).map("".join)
severities = st.sampled_from(["error", "warning", "info"])


@cache
def zhaotong() -> Audited:
    """The sample with one finding."""
    (path,) = (path for path in govstats.samples() if "zhaotong" in path.name)
    (entry,) = govstats.check(path).audited
    return entry


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    """Some reports with a finding, some not read."""
    made: list[Entry] = [draw(_audited()) for _ in range(draw(st.integers(0, 2)))]
    made += [Unread(draw(texts) or "x", ReadError(Text(draw(texts), "x"))) for _ in range(draw(st.integers(0, 2)))]
    return made


@st.composite
def _audited(draw: st.DrawFn) -> Audited:
    entry = zhaotong()
    (finding,) = entry.findings
    message = Text(draw(texts), draw(texts))
    place = draw(st.sampled_from([None, finding.place, Place(0, 3, 1)]))
    changed = replace(finding, message=message, severity=draw(severities), place=place)
    known = replace(finding, message=Text(draw(texts), ""), suppressed=True)
    tables = dict(entry.report.tables)
    tables["applications"] = replace(
        tables["applications"], labels={code: draw(texts) for code in list(tables["applications"].labels)}
    )
    report = replace(entry.report, agency=draw(st.one_of(st.none(), texts)), path=draw(texts) or "x", tables=tables)
    return replace(entry, given=report, findings=(changed,), suppressed=(known,) * draw(st.integers(0, 1)))
