"""What is taken away of a page before it is parsed changes nothing that is read: the short way against the full one."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from govstats.model.document import Document
from govstats.readers import html
from govstats.readers.html import markup
from govstats.readers.html.sheet import telling
from govstats.readers.html.silent import without_silent
from govstats.readers.html.written import Written
from tests.containers.pages import SHAPES, page
from tests.damage import source_damaged
from tests.figuresets import sample
from tests.stories import story

ELEMENTS = [
    "div",
    "p",
    "span",
    "table",
    "tr",
    "td",
    "th",
    "tbody",
    "ul",
    "li",
    "a",
    "b",
    "h2",
    "br",
    "script",
    "style",
    "pre",
    "option",
    "select",
    "textarea",
    "title",
    "del",
    "center",
    "iframe",
    "noscript",
    "input",
    "template",
    "svg",
    "form",
]
ATTRIBUTES = (
    *("", ' class="a"', " style='display:none'", " hidden", " colspan=2", ' title="<b>"', ' value="3"', ' x=">"'),
    *(' href="/a/1.html" target=_blank', ' style="color:red"', ' style="text-decoration:line-through"'),
)
TEXTS = (
    *(
        "政府信息公开",
        "2021年",
        "（一）",
        "12",
        "0",
        "/",
        "无",
        "规章",
        "总计",
        "一、总体情况",
        "3件",
        "&nbsp;",
        "&lt;",
    ),
    *("<", ">", '"', "'", "<!--", "-->", "<!-->", "--!>", "if(a<b)", "</script", "</style >", "|", "12 3 4 0 0"),
)
"""What pages are made of, and what makes them hard to tell apart."""


def trees(seed: int) -> str:
    """A page of tags in no order."""
    chance = random.Random(seed)  # noqa: S311
    pieces = []
    for _ in range(chance.randrange(5, 300)):
        kind, name = chance.random(), chance.choice(ELEMENTS)
        if kind < 0.35:
            pieces.append(f"<{name}{chance.choice(ATTRIBUTES)}>")
        elif kind < 0.6:
            pieces.append(f"</{name}>")
        else:
            pieces.append(chance.choice(TEXTS) + chance.choice(("", "\n", " ")))
    return f"<html><body>{''.join(pieces)}</body></html>"


def served(source: str) -> str:
    """The page with a menu, scripts and comments around and within it."""
    menu = "".join(f"<li><a href='/{at}/' title=\"{at}\">栏目{at}</a></li>" for at in range(30))
    script = "<script>for(var i=0;i<9;i++){document.write('<td>7</td>')}</script><!-- <table><tr><td>8 -->"
    return source.replace("<body>", f"<body><style>a{{color:red}}</style><ul>{menu}</ul>{script}").replace(
        "</tr>", f"</tr>{script}", 3
    )


@pytest.fixture
def in_full(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], Document]:
    """Reads a page with nothing taken away."""

    def read(source: bytes) -> Document:
        with monkeypatch.context() as patch:
            patch.setattr(markup, "without_silent", lambda _: None)
            return html.read(source)

    return read


@pytest.mark.parametrize("seed", range(300))
def test_a_page_of_tags_in_no_order_reads_the_same_in_full(seed, in_full):
    source = trees(seed).encode()
    assert html.read(source) == in_full(source)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_page_of_a_site_reads_the_same_in_full(shape, in_full):
    source = served(page(story(sample("distinct", 1).figures), shape=shape))
    assert html.read(source.encode()) == in_full(source.encode())
    chance = random.Random(shape)  # noqa: S311
    for damaged in [source_damaged(source, chance).data for _ in range(9)]:
        assert html.read(damaged) == in_full(damaged)


def test_what_shows_nothing_is_emptied_and_links_go():
    source = b"<p>1<!-- <td> --><script src='a'>if(a<b){}</script>2<a href='/'>3</a></p>"
    assert without_silent(Written(source)) == b"<p>1<!----><script src='a'></script>2<a href='/'>3</a></p>"
    assert markup.without_links(source) == source.replace(b"<a href='/'>3</a>", b"3")


@pytest.mark.parametrize(
    "source",
    [
        b"<p>1<!-- 2",
        b"<script>1",
        b"<script a='>'>1</script>",
        b"<textarea><!-- </textarea> 1 --></textarea>",
        b"<svg><style><b>1</b></style></svg>",
        b"<select><style>1</style></select>",
        b"<script><!-- <script></script> 1 --></script>",
    ],
)
def test_where_nobody_can_tell_nothing_is_emptied(source):
    assert without_silent(Written(source)) is None


BETWEEN = [
    "<ul style='display:none'><li>甲</li><li><p>乙</ul>",
    "<div hidden><ul><li>丙</div>",
    "<span style='font-size:0'>丁<b>戊</b></span>",
    "<input style='display:none' value=3>",
]
STILL_OPEN = [
    "<div style='display:none'>甲",
    "<span style='font-size:0'><div>甲</span></div>",
    "<li hidden><ul></li>",
    "<p style='text-decoration:line-through'>甲</p>",
    "<template><ul style='display:none'></template>",
]


@pytest.mark.parametrize("hidden", [*BETWEEN, *STILL_OPEN])
def test_what_is_hidden_between_two_tables_and_ends_there_is_none_of_their_business(hidden, in_full):
    source = f"<table><tr><td>1<td>2</table>{hidden}<table><tr><td>3<td>4</table>".encode()
    assert markup.slim(Written(source)).hides is (hidden in STILL_OPEN)
    assert html.read(source) == in_full(source)


def test_a_rule_of_style_matters_to_pages_that_have_its_names():
    rules = b".a td{color:red}.b,#c{color:red}p{color:red}.d:not(.e){color:red}.f{width:9px}"
    style = telling(Written(b"<style>" + rules + b"</style>"))
    told = {rule.selector for rule in style.rules(frozenset([b"a", b"c"]))}
    assert told == {"p", ".a td", ".b", "#c", ".d:not(.e)"}
