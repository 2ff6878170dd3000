"""Story → a web page, in the dresses that only pages have; and the files that pages are kept in."""

from __future__ import annotations

import base64
import io
import json
import quopri
import re
import zipfile
from collections.abc import Callable
from html import escape

from tests.factory import Layout
from tests.marks import (
    COUNTED,
    HIDDEN,
    PICTURE,
    RAISED,
    STRUCK,
    WRITTEN,
    WRITTEN_RAISED,
    WRITTEN_UNSEEN,
    Run,
    manner,
    runs,
)
from tests.stories import Story

Table = Callable[[Layout], str]
_STYLE = (
    "<style>.up{vertical-align:super;font-size:60%} .old{text-decoration:line-through} td .no{display:none}"
    " .void{visibility:hidden}</style>"
)
_WRITING = (
    "<style>.said::before{content:attr(data-n)} .note::after{content:attr(data-n);vertical-align:super}"
    " .gone::after{content:attr(data-n);display:none} .pale::before{content:attr(data-n);color:#fff}"
    " .point:hover::after{content:attr(data-n)} .count::before{content:counter(n)}"
    ' .pict::after{content:url(n.png)} .icon::before{content:"\\e012"}</style>'
)
_RULE = '.n{0}::{1}{{content:"{2}"}}'
_RULED = re.compile(r"class='n([0-9a-f]+)'", re.IGNORECASE)
_MARKS = {
    RAISED: ("<sup>{}</sup>", "<span style='vertical-align:super'>{}</span>", "<i class='up'>{}</i>"),
    STRUCK: ("<s>{}</s>", "<span style='text-decoration:line-through'>{}</span>", "<b class='old'>{}</b>"),
    HIDDEN: (
        "<span style='display:none'>{}</span>",
        "<font color='#FFFFFF'>{}</font>",
        "<span class='no'>{}</span>",
        "<b class='void'>{}</b>",
        "<span style='font-size:0'>{}</span>",
        "<input type='hidden' value='{}'>",
    ),
    PICTURE: (
        "<img src='{}.png'>",
        "<canvas>{}</canvas>",
        "<svg><path d='M0 0'/></svg>",
        "<object data='{}'></object>",
    ),
    WRITTEN: ("<b class='said' data-n='{}'></b>", "<i class='n{hexed}'></i>"),
    WRITTEN_RAISED: ("<b class='note' data-n='{}'></b>",),
    WRITTEN_UNSEEN: (
        "<b class='gone' data-n='{}'></b>",
        "<b class='pale' data-n='{}'></b>",
        "<b class='point' data-n='{}'></b>",
    ),
    COUNTED: ("<b class='count'></b>", "<b class='pict'></b>", "<b class='icon'></b>"),
}
"""How a page sets a part of a text apart; classes are those of `_STYLE` and `_WRITING`, `n…` those of `_rules`."""


def page(told: Story, charset: str = "utf-8", shape: str = "plain") -> str:
    """The source of a page, dressed as `shape` says."""
    table, around = SHAPES[shape]
    title, *rest = told
    body = f"<h1>{_text(str(title))}</h1>" + "\n".join(
        f"<p>{_text(block)}</p>" if isinstance(block, str) else table(block) for block in rest
    )
    style = (_STYLE + _WRITING + _rules(body)) * ("class='" in body.lower())
    head = f'<meta charset="{charset}"><title>{_text(str(title))}</title>{style}'
    return f"<!DOCTYPE html>\n<html><head>{head}</head>\n<body>\n{around(body)}\n</body></html>\n"


def _rules(body: str) -> str:
    """A rule for every class that is named by what it writes, before or behind."""
    named = sorted(set(_RULED.findall(body)))
    rules = (
        _RULE.format(each, ("before", "after")[at % 2], bytes.fromhex(each).decode()) for at, each in enumerate(named)
    )
    return f"<style>{' '.join(rules)}</style>" * bool(named)


def html(told: Story, charset: str, shape: str) -> bytes:
    """A page as bytes; what the charset lacks is a character reference."""
    source = page(told, charset, shape)
    return source.encode(charset, "xmlcharrefreplace")


def mhtml(told: Story, charset: str, shape: str) -> bytes:
    """A page as browsers save it with its pictures: quoted-printable, or base64."""
    encode = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}[shape]
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://www.example.gov.cn/1.html\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----part"\r\n\r\n------part\r\n'
        f"Content-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: {shape}\r\n\r\n"
    )
    picture = "\r\n------part\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo="
    return head.encode() + encode(html(told, charset, "plain")) + picture.encode() + b"\r\n------part--\r\n"


def json_page(told: Story, charset: str, shape: str) -> bytes:
    """An answer of a site's interface: the page as one of its strings, as tags or escaped; or a page's script."""
    source = page(told, charset)
    if shape == "script":
        return _in_script(source, charset)
    answer = {"code": 200, "data": {"title": told[0], "content": escape(source) if shape == "entities" else source}}
    return json.dumps(answer, ensure_ascii=shape == "ascii").encode(charset)


def _in_script(source: str, charset: str) -> bytes:
    escaped = source.replace('"', '\\"').replace("/", "\\/").replace("\n", "\\n")
    return f'<html><body>var page = "{escaped}";</body></html>'.encode(charset, "xmlcharrefreplace")


def archive(members: dict[str, bytes], names: str = "utf-8") -> bytes:
    """A zip whose names are in UTF-8 and marked so, or in GBK without a mark, as Windows writes it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in members.items():
            if names == "utf-8":
                target.writestr(name, data)
            else:
                target.writestr(_GbkName(name), data)
    return packed.getvalue()


class _GbkName(zipfile.ZipInfo):
    """A member whose name goes into the archive as GBK."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802
        return self.filename.encode("gbk"), self.flag_bits


def _text(text: str) -> str:
    return "".join(_run(run, text) for run in runs(text))


def _run(run: Run, text: str) -> str:
    source = escape(run.text, quote=False).replace("\n", "<br/>")
    return manner(text, _MARKS[run.kind]).format(source, hexed=run.text.encode().hex()) if run.kind else source


def _plain_table(layout: Layout) -> str:
    return _table(layout, _text)


def _table(layout: Layout, content: Callable[[str], str]) -> str:
    rows = []
    for row in layout:
        cells = []
        for box in row:
            spans = f' colspan="{box.width}"' * (box.width > 1) + f' rowspan="{box.height}"' * (box.height > 1)
            cells.append(f"<td{spans}>{content(box.text)}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return '<table border="1">\n' + "\n".join(rows) + "\n</table>"


def _from_word(layout: Layout) -> str:
    """As pasted from Word: a paragraph and spans in each cell, a blank holds `&nbsp;`, figures cut over two spans."""

    def content(text: str) -> str:
        pieces = [text[:1], text[1:]] if text.isascii() and len(text) > 1 else [text]
        runs = "".join(f'<span lang="EN-US" style="mso-bidi-font-size:10.5pt">{_text(each)}</span>' for each in pieces)
        return f'<p class="MsoNormal" align="center">{runs if text else "&nbsp;"}<o:p></o:p></p>'

    return _table(layout, content).replace("<td", '<td style="border:solid windowtext 1.0pt"')


def _careless(layout: Layout) -> str:
    """Capitals, no quotes, no ends of cells and rows."""
    source = _plain_table(layout).replace("</td>", "").replace("</tr>", "")
    return re.sub(r"</?\w+|\w+=", lambda match: match[0].upper(), source).replace('"', "")


def _in_sections(layout: Layout) -> str:
    """A head of `th`, a body, and spans that are said even where they are 1."""
    source = _plain_table(layout).replace("<td>", '<td colspan="1" rowspan="1">')
    first, *rest = re.findall(r"<tr>.*?</tr>", source)
    return f"<table><thead>{first.replace('td', 'th')}</thead><tbody>{''.join(rest)}</tbody></table>"


def _nested(layout: Layout) -> str:
    """Each table in a cell of one more, a picture beside it."""
    return f"<table><tr><td><img src='a.gif'></td><td>{_plain_table(layout)}</td></tr></table>"


def _formatted(layout: Layout) -> str:
    """Editors that wrap every text in tags that say how it looks."""
    return _table(layout, lambda text: f"<div><font size=3><b>{_text(text)}</b></font></div>")


def _commented(layout: Layout) -> str:
    """Comments, scripts and white space between all tags."""
    return re.sub(r"(</tr>|</td>)", "\\1\n  <!-- 0 --> <script>var n = 0;</script>\n", _plain_table(layout))


def _as_it_is(body: str) -> str:
    return body


def _in_layout_tables(body: str) -> str:
    cell = f"<td valign=top><div class='zoom'>{body}</div></td>"
    inner = f"<table width=980><tr><td>首页 &gt; 政务公开</td></tr><tr>{cell}</tr></table>"
    menu = "<td><ul><li>政府信息公开指南<li>主动公开<li>依申请公开</ul></td>"
    return f"<table width=100%><tr>{menu}<td>{inner}</td></tr><tr><td colspan=2>主办：某市某局</td></tr></table>"


SHAPES: dict[str, tuple[Table, Callable[[str], str]]] = {
    "plain": (_plain_table, _as_it_is),
    "layout-tables": (_plain_table, _in_layout_tables),
    "nested": (_nested, _as_it_is),
    "from-word": (_from_word, _as_it_is),
    "careless": (_careless, _as_it_is),
    "sections": (_in_sections, _in_layout_tables),
    "formatted": (_formatted, _as_it_is),
    "commented": (_commented, _as_it_is),
}
