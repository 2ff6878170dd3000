"""Pages as government sites serve them: a report within the menus, lists, scripts and footers of its site.

What real pages have, as far as they could be looked at (index and article pages of city and county portals, their
templates in public repositories): 16 to 160 links on the page of an article, up to 600 where ministries, provinces
and bureaus are listed in drop-downs; `<p>` in `<a>` in `<li>`, nested `div`s with empty ones for pictures, tabs that
are `display: none`, `<select>`s of addresses, titles of other documents with their dates, comments with an old menu in
them, scripts and styles of some 100 bytes to 60 KB.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cached_property

from benchmarks.writing import WORDS

_NOUNS = WORDS["columns"]
_AREAS = WORDS["kinds"]
_PLACES = WORDS["places"]
_BODIES = WORDS["bodies"]
_ACTS = WORDS["acts"]
_JS = "function {0}(){{var e=document.getElementById('{1}');if(e&&e.size<'{2}'){{e.className='{0}';}}return {2};}}\n"
_CSS = ".{0} li a{{color:#{1:06x};margin:0 {2}px;background:url(../images/{0}.png) no-repeat;}}\n"


class Site:
    """One site: all its pages have the same frame, but for the breadcrumb, the related documents and the dates."""

    def __init__(self, seed: int, links: int | None = None) -> None:
        self._chance = chance = random.Random(seed)  # noqa: S311
        self.links = links or chance.randrange(50, 600)
        self._class = "".join(chance.sample("abcdefghijklmnop", 4))
        self._menu = chance.choice(_MENUS)
        self._list = chance.choice((_items, _rows, _paragraphs))
        self._kilobytes = chance.choice((0.3, 2, 6, 15, 40))

    @cached_property
    def _above(self) -> str:
        chance, name = self._chance, self._class
        options = "".join(
            f'<option value="http://www.{at}.gov.cn">{self._link()}</option>' for at in range(self.links // 5)
        )
        groups = [self._group(size) for size in self._cut(self.links * 7 // 10)]
        tabs = "".join(
            f"<ul class='{name}' style='display:none'>{self._menu(name, group)}</ul>" for group in groups[-2:]
        )
        return (
            f"{self._scripts()}<div class='{name}-top'><a href='/'>网站首页</a> | <a href='#'>无障碍</a> | 繁體</div>"
            f"<!--[if lt IE 9]><script src='/js/html5.js'></script><![endif]--><div class='{name}-nav'>"
            f"{''.join(self._menu(name, group) for group in groups[:-2])}{tabs}</div>"
            f"<!--<ul><li><a href='/old/'>{chance.choice(_NOUNS)}</a></li></ul>-->"
            f"<form><input type='text' name='q' value='请输入关键字'><select>{options}</select></form>"
        )

    @cached_property
    def _below(self) -> str:
        code = self._chance.randrange(10**9, 10**10)
        foot = self._menu(self._class, self._group(self.links // 10))
        return (
            f"<div class='{self._class}-foot'>{foot}<p>主办：{self._body()}　承办：{self._body()}</p>"
            f"<p>网站标识码：{code}　备案序号：{code % 10**8}号-1</p>"
            f"<p>地址：人民路{code % 300}号　电话：0{code % 900}-{code % 10**7}</p></div>"
            f"<script>{self._code()}</script>"
        )

    def page(self, title: str, body: str, day: str, source: str, chance: random.Random) -> str:
        """The report's `body` as this site shows it."""
        name = self._class
        related = self._list(
            [
                (
                    self._document(chance),
                    f"20{chance.randrange(18, 25)}-0{chance.randrange(1, 9)}-1{chance.randrange(9)}",
                )
                for _ in range(chance.randrange(4, 25))
            ]
        )
        return (
            f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}_{self._body()}</title>'
            f'<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{day} 09:10">'
            f'<meta name="ContentSource" content="{source}"></head>\n<body>{self._above}'
            f"<div class='{name}-path'>当前位置：<a href='/'>首页</a> &gt; <a href='/zw/'>政务公开</a> &gt; 年报</div>"
            f"<div class='{name}-main'><h1>{title}</h1><div class='{name}-info'>发布日期：{day}　来源：{source}　"
            "浏览次数：<span id='hits'></span>　字体：[<a>大</a> <a>中</a> <a>小</a>]　<a href='#'>打印</a></div>"
            f"<div class='TRS_Editor'>{body}</div><p>上一篇：<a href='#'>{self._document(chance)}</a></p></div>"
            f"<div class='{name}-rel'><h3>相关信息</h3>{related}</div>{self._below}</body></html>\n"
        )

    def _cut(self, whole: int) -> list[int]:
        sizes = []
        while whole > 0:
            sizes.append(min(whole, self._chance.randrange(4, 24)))
            whole -= sizes[-1]
        return [*sizes, 2, 2]

    def _group(self, size: int) -> list[str]:
        return [self._link() for _ in range(size)]

    def _link(self) -> str:
        chance = self._chance
        kind = chance.random()
        if kind < 0.35:
            place = f"{chance.choice(_PLACES)}{chance.choice(_PLACES)}{chance.choice('县区市镇乡')}"
            return place + chance.choice(("", "人民政府", "政府网"))
        if kind < 0.6:
            return self._body()
        return chance.choice(_NOUNS) + chance.choice(("", *_AREAS))

    def _body(self) -> str:
        chance = self._chance
        return f"{chance.choice(_PLACES)}{chance.choice(_PLACES)}{chance.choice('县市')}{chance.choice(_BODIES)}局"

    def _document(self, chance: random.Random) -> str:
        about = f"{chance.choice(_ACTS)}{chance.choice(_NOUNS)}{chance.choice(_AREAS)}"
        who = f"{chance.choice(_PLACES)}{chance.choice(_PLACES)}县{chance.choice(_BODIES)}局"
        if chance.random() < 0.2:
            return f"{who}20{chance.randrange(15, 25)}年政府信息公开工作年度报告"
        return f"{who}关于{about}的{chance.choice(('通知', '公告', '意见', '函'))}（{chance.randrange(99)}号）"

    def _scripts(self) -> str:
        return f"<style>{self._code(_CSS)}</style><script type='text/javascript'>{self._code()}</script>"

    def _code(self, line: str = _JS) -> str:
        written, size = [], 0
        while size < self._kilobytes * 500:
            number = self._chance.randrange(2**24)
            written.append(line.format(f"f{number % 9999}", number, number % 50))
            size += len(written[-1])
        return "".join(written)


Menu = Callable[[str, list[str]], str]


def _in_lists(name: str, links: list[str]) -> str:
    return (
        f"<ul class='{name}'>"
        + "".join(f'<li><a href="/{at}/" target="_blank">{link}</a></li>\n' for at, link in enumerate(links))
        + "</ul>"
    )


def _in_boxes(name: str, links: list[str]) -> str:
    return "".join(
        f'<div class="{name}-l1">\n\t\t<div class="sx-tp"></div>\n\t</div>\n'
        f'<div class="{name}-l2"><a href="/{name}{at}/" title="{link}">{link}</a></div>\n'
        for at, link in enumerate(links)
    )


def _in_a_table(name: str, links: list[str]) -> str:
    cells = [
        f'<td width="9%" align="center">&nbsp;<a href="/{name}-{at}" class="b{at % 9}">{link}</a></td>'
        for at, link in enumerate(links)
    ]
    rows = "".join(f"<tr>{''.join(cells[at : at + 8])}</tr>\n" for at in range(0, len(cells), 8))
    return f'<table width="100%" cellspacing="0"><tbody>{rows}</tbody></table>'


def _with_paragraphs(name: str, links: list[str]) -> str:
    return "".join(
        f'<a href="http://www.{name}.gov.cn/{at}/" target="_blank">\n<li>\n<div>'
        f'<img src="W02020{at:06}.jpg"><p>{link}</p></div>\n</li></a>\n'
        for at, link in enumerate(links)
    )


def _defined(name: str, links: list[str]) -> str:
    first, *rest = links
    return (
        f"<dl><dt><h3>{first}</h3></dt>"
        + "".join(f"<dd><a href='/{name}/{at}.html'><span>{link}</span></a></dd>" for at, link in enumerate(rest))
        + "</dl>"
    )


_MENUS: tuple[Menu, ...] = (_in_lists, _in_boxes, _in_a_table, _with_paragraphs, _defined)


def _items(documents: list[tuple[str, str]]) -> str:
    return (
        "<ul>"
        + "".join(
            f'<li><img src="d.jpg"><a href="t{at}.html" title="{title}">\n<p>{title}</p></a><span>{day}</span></li>\n'
            for at, (title, day) in enumerate(documents)
        )
        + "</ul>"
    )


def _rows(documents: list[tuple[str, str]]) -> str:
    return (
        "<table>"
        + "".join(
            f"<tr><td>·</td><td><a href='{at}.html'>{title}</a></td><td>[{day}]</td></tr>"
            for at, (title, day) in enumerate(documents)
        )
        + "</table>"
    )


def _paragraphs(documents: list[tuple[str, str]]) -> str:
    return "".join(
        f"<div class='it{at}'><a href='{at}.html'>{title}</a>　{day}</div>\n"
        for at, (title, day) in enumerate(documents)
    )
