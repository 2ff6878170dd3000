"""Corpora to measure on, by name: documents of many agencies over the years whose figures agree.

`filler`: pages of 95 KB, sixteen layouts, 260 equal lines in each; flattering, kept to compare with earlier figures.
`sites`: pages within 200 sites, no line of prose twice. `unlike`: the same, but no two pages of one site, and no two
tables of one shape. `files`: as `sites`, but 15 % are Word, 5 % PDF and 3 % Excel files.
3 % of each are damaged, 1 % hostile.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import escape
from itertools import cycle, islice
from pathlib import Path

from benchmarks.reading import word_pasted
from benchmarks.sites import Site
from benchmarks.writing import WORDS, Writer
from tests.chronicle import Paper, histories
from tests.containers import pdf, sheets, word
from tests.containers.pages import SHAPES, page
from tests.damage import source_damaged
from tests.dresses import DRESSES
from tests.factory import Layout, as_figures
from tests.readers.test_hostile import HOSTILE
from tests.stories import Story, each_cell, story

YEARS = range(2021, 2025)
DAMAGED, IS_HOSTILE = 0.03, 0.01
WORD, PDF, EXCEL = 0.15, 0.05, 0.03
SITES = 200
_LARGEST = 2**20
"""Hostile documents above this size are left out: they would fill the disk before they test the reader."""
_SHAPES = [name for name in SHAPES if name not in ("nested",)]
_SENTENCES = (
    "主动公开政府信息{a}条，其中：门户网站公开{b}条、政务新媒体公开{c}条。",
    "{year}年，收到和处理政府信息公开申请{new}件，均在法定期限内答复。",
    "举办新闻发布会{d}场，解读政策文件{e}件，回应公众留言{f}条，办结率100%。",
    "本年度坚持以公开为常态、不公开为例外，加强组织领导，完善工作机制，回应社会关切。",
    "一是解读形式不够丰富，二是公开的时效性有待提高，三是基层力量较为薄弱。",
    "进一步规范政府信息公开申请的接收、登记、审核、办理、答复、归档等环节，提高答复质量。",
)
Written = tuple[str, bytes]
"""The ending of a document's name, and its bytes."""
Make = Callable[[Paper, int, random.Random], Written]


def agencies() -> Iterator[str]:
    """Names of agencies, as many as are asked for."""
    heads, tails = "东西南北中上下前后高长大小新青", "安宁平康昌兴隆丰盛泰和顺祥福禄江河湖海山川原林泉溪"
    offices = (*WORDS["bodies"][:12], "卫生健康")
    for head in heads:
        for tail in tails:
            for level in "市县":
                for office in offices:
                    yield f"{head}{tail}{level}{office}局"


def _told(paper: Paper, dress: str) -> Story:
    return DRESSES[dress](story(as_figures(paper.tables), f"{paper.agency}{paper.year}年政府信息公开工作年度报告"))


def filler(paper: Paper, number: int, chance: random.Random) -> Written:
    """A page of 95 KB, most of which is one line again and again."""
    source = page(_told(paper, list(DRESSES)[number % len(DRESSES)]))
    parts = {name: chance.randrange(1, 400) for name in "bcdef"}
    fields = {
        **parts,
        "a": parts["b"] + parts["c"],
        "year": paper.year,
        "new": int(paper.get("applications", "1", "total")),
    }
    prose = "".join(f"<p>{text.format(**fields)}</p>" for text in chance.sample(_SENTENCES, len(_SENTENCES)))
    source = source.replace("本年度共发布信息12条。", "本年度工作情况如下。")
    return ".html", word_pasted(source.replace("<table", prose + "<table", 1))


def sites(paper: Paper, number: int, chance: random.Random) -> Written:
    """A page of one of 200 sites."""
    return ".html", _served(_site(chance.randrange(SITES)), _written(paper, number, chance), paper, chance)


def unlike(paper: Paper, number: int, chance: random.Random) -> Written:
    """A page of a site of its own, whose labels are spaced as no others are."""
    told = [block if isinstance(block, str) else _spaced(block, chance) for block in _written(paper, number, chance)]
    return ".html", _served(Site(10**6 + number), told, paper, chance)


def files(paper: Paper, number: int, chance: random.Random) -> Written:
    """A page, or a file that was put up instead of one."""
    kind = chance.random()
    told = _written(paper, number, chance)
    if kind < WORD:
        return ".docx", chance.choice((word.by_hand, word.by_library))(told)
    if kind < WORD + PDF:
        return ".pdf", pdf.pdf(told)
    if kind < WORD + PDF + EXCEL:
        return ".xlsx", chance.choice((sheets.one_sheet, sheets.sheet_per_table))(told)
    return ".html", _served(_site(chance.randrange(SITES)), told, paper, chance)


CORPORA: dict[str, Make] = {make.__name__: make for make in (filler, sites, unlike, files)}


def _written(paper: Paper, number: int, chance: random.Random) -> Story:
    """A whole report with its prose, tables in any dress."""
    received = int(paper.get("applications", "1", "total"))
    writer = Writer(chance, paper.agency, paper.year, received)
    size = int(min(57_000, max(3_000, chance.lognormvariate(9.3, 0.8))))
    title, first, _, *rest = _told(paper, chance.choice(list(DRESSES)))
    at = next((at for at, block in enumerate(rest) if str(block).startswith("五、")), len(rest) - 2)
    told = [
        title,
        *writer.opening(),
        first,
        *writer.overview(size * 4 // 5),
        *rest[: at + 1],
        *writer.ending(size // 5),
    ]
    return [*told, *rest[at + 2 :]]


@lru_cache(maxsize=SITES)
def _site(number: int) -> Site:
    return Site(number)


def _served(site: Site, told: Story, paper: Paper, chance: random.Random) -> bytes:
    """The report as a page of a site, its tables as editors leave them: no two pages have columns of one width."""
    table, around = SHAPES[chance.choice(_SHAPES)]
    width = chance.randrange(200, 999)
    paragraph = chance.choice(
        (
            "<p>",
            f'<p style="text-indent:{width / 20}pt;line-height:{width // 10}px"><span>',
            "<div><span style='font-size:16pt'>",
        )
    )
    close = "</span></div>" if paragraph.startswith("<div") else "</p>"
    body = "".join(
        f"{paragraph}{escape(block)}{close}\n" if isinstance(block, str) else table(block) for block in told[1:]
    )
    body = (
        body.replace("<td", f'<td width="{width // 10}" style="border:solid windowtext 1.0pt;width:{width / 10}pt"')
        if chance.random() < 0.6
        else body
    )
    day = f"{paper.year + 1}-0{chance.randrange(1, 4)}-{chance.randrange(10, 29)}"
    return site.page(str(told[0]), around(body), day, paper.agency, chance).encode()


def _spaced(layout: Layout, chance: random.Random) -> Layout:
    """Spaces in some of the labels."""

    def spaced(text: str) -> str:
        if len(text) < 3 or text.isascii() or chance.random() > 0.2:
            return text
        at = chance.randrange(1, len(text))
        return f"{text[:at]}{chance.choice(' 　')}{text[at:]}"

    return each_cell(layout, spaced)


def documents(name: str, count: int) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each document of a corpus."""
    make, chance = CORPORA[name], random.Random(2023)  # noqa: S311
    hostile = cycle([data for data in (make() for make in HOSTILE.values()) if len(data) < _LARGEST])
    number = 0
    for at, agency in enumerate(islice(agencies(), -(-count // len(YEARS)))):
        for year, paper in histories(at, [agency], YEARS)[agency].items():
            suffix, data = make(paper, number, chance)
            kind = chance.random()
            if kind < IS_HOSTILE:
                data = next(hostile)
            elif kind < IS_HOSTILE + DAMAGED and suffix == ".html":
                data = source_damaged(data.decode(), chance).data
            yield f"{at % 100:02}/{agency}{year}{suffix}", data
            number += 1


def write(name: str, folder: Path, count: int) -> None:
    """A corpus, in a hundred folders."""
    for number in range(100):
        (folder / f"{number:02}").mkdir(parents=True, exist_ok=True)
    for path, data in islice(documents(name, count), count):
        (folder / path).write_bytes(data)
