"""Story → Story: how agencies and converters dress the same tables, in any container that has cells.

None of these changes a figure, so every one must be read exactly.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.factory import Box, Layout, has_figures
from tests.stories import Story, cut, each_cell, each_table, each_text, places, width_of

_PINYIN = {"发": "发(fā)", "机": "机(jī)", "关": "关(guān)"}
_APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
_CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


def one_table(told: Story) -> Story:
    """All tables in one, the headings between them as rows merged over its width."""
    width = max(width_of(block) for block in told if not isinstance(block, str))
    first = next(at for at, block in enumerate(told) if not isinstance(block, str)) - 1
    last = max(at for at, block in enumerate(told) if not isinstance(block, str))
    together: Layout = []
    for block in told[first : last + 1]:
        together += [[Box(block, width)]] if isinstance(block, str) else block
    return [*told[:first], together, *told[last + 1 :]]


def page_break(told: Story) -> Story:
    """Long tables cut in two, with the header again on the second page."""
    result: Story = []
    for block in told:
        if isinstance(block, str) or len(block) < 20:
            result.append(block)
            continue
        above, below = cut(block, 14)
        result += [above, [*above[: _header_rows(block)], *below]]
    return result


def _header_rows(layout: Layout) -> int:
    """How many rows stand before the first figure."""
    return next(at for at, row in enumerate(layout) if has_figures([box.text for box in row]))


def bare_break(told: Story) -> Story:
    """Long tables cut in two, without a header on the second page."""
    result: Story = []
    for block in told:
        result += [block] if isinstance(block, str) or len(block) < 20 else cut(block, 14)
    return result


def uneven_break(told: Story) -> Story:
    """Long tables cut in two, with an empty column at the right of the first page only, as some PDFs have it."""
    result: Story = []
    for block in bare_break(told):
        if isinstance(block, str) or block[0][0].text != _CORNER:
            result.append(block)
        else:
            result.append([[*row, *[Box("", 1, 3)] * (not at), *[Box("")] * (at > 2)] for at, row in enumerate(block)])
    return result


def site_table(told: Story) -> Story:
    """The site's own table of the page's particulars before the report."""
    particulars: Layout = [
        [Box("索引号"), Box("11350700/2024-00012"), Box("发布机构"), Box("某市某局")],
        [Box("生成日期"), Box("2024-01-15"), Box("有效性"), Box("有效")],
        [Box("标题"), Box(str(told[0]), 3)],
    ]
    return [told[0], particulars, *told[1:]]


def subtotal(told: Story) -> Story:
    """A column 小计 after the five kinds of organisations, which the form does not have."""
    return each_table(told, lambda layout: _with_subtotal(layout) if layout[0][0].text == _CORNER else layout)


def _with_subtotal(layout: Layout) -> Layout:
    top, middle, names, *rows = layout
    head = [
        [top[0], top[1]._replace(width=8)],
        [middle[0], middle[1]._replace(width=6), middle[2]],
        [*names, Box("小计")],
    ]
    return head + [[*row[:-1], Box(_sum([box.text for box in row[-6:-1]])), row[-1]] for row in rows]


def _sum(texts: list[str]) -> str:
    try:
        return str(sum(int(text.replace(",", "").replace("，", "")) for text in texts))
    except ValueError:
        return ""


def caption(told: Story) -> Story:
    """A first row that tells the unit, and a last one that tells who filled the table in."""
    return each_table(
        told,
        lambda layout: [
            [Box("单位：件", width_of(layout))],
            *layout,
            [Box("填表人：张某某　联系电话：0599-8800000　填报日期：2024年1月15日", width_of(layout))],
        ],
    )


def header_of_one_row(told: Story) -> Story:
    """The applicants in one row, nothing above them."""
    return _headed(told, [[Box(_CORNER, 3), *map(Box, _APPLICANTS)]])


def header_of_two_rows(told: Story) -> Story:
    """The applicants in two rows, without 申请人情况 above them."""
    natural, *organisations, total = _APPLICANTS
    top = [Box(_CORNER, 3, 2), Box(natural, 1, 2), Box("法人或其他组织", 5), Box(total, 1, 2)]
    return _headed(told, [top, list(map(Box, organisations))])


def _headed(told: Story, header: Layout) -> Story:
    return each_table(told, lambda layout: [*header, *layout[3:]] if layout[0][0].text == _CORNER else layout)


def empty_rows(told: Story) -> Story:
    """An empty row after every tenth, where no merged cell goes across."""
    return each_table(told, _with_empty_rows)


def _with_empty_rows(layout: Layout) -> Layout:
    grid, result = places(layout), list[list[Box]]()
    for number, (boxes, row) in enumerate(zip(layout, grid, strict=True)):
        if number and number % 10 == 0 and not any(slot.down for slot in row):
            result.append([Box("") for _ in row])
        result.append(boxes)
    return result


def group_in_each_row(told: Story) -> Story:
    """No cell merged downwards: what a cell covered is repeated in every row."""
    return each_table(
        told, lambda layout: [[slot.box._replace(height=1) for slot in row if not slot.right] for row in places(layout)]
    )


def split_header(told: Story) -> Story:
    """Words of the header broken over two lines in their cell."""
    words = dict.fromkeys(_APPLICANTS[1:5])
    return each_table(
        told,
        lambda layout: each_cell(layout, lambda text: f"{text[:2]}\n{text[2:]}" if text in words else text),
    )


def spaces(told: Story) -> Story:
    """Spaces of all kinds around every text: a blank holds a no-break space."""
    return each_table(told, lambda layout: each_cell(layout, lambda text: f" \u00a0{text}\u3000"))


def shapeless(told: Story) -> Story:
    """Characters that nothing is seen of, before, in and behind every text, figures included."""
    return each_text(
        told, lambda text: f"\ufeff{text[:1]}\u200b\u2066{text[1:]}\u202c\u180e\ufe0f" if text else "\u2060"
    )


def lost_spaces(told: Story) -> Story:
    """Ideographic spaces before figures and labels became question marks, as in a charset that lacks them."""
    return each_table(told, lambda layout: each_cell(layout, lambda text: f"? {text}" if text.isdigit() else text))


_EXPLAINED = ("规章", "行政规范性文件", "规范性文件", "行政许可", "行政处罚", "行政强制")
_EXPLANATION = (
    "（指本机关制定并对外发布、在一段时间内反复适用、影响公民法人和其他组织权利义务的各类文件，通常名为规定、办法、细则、规则、"
    "规程、意见、通告、公告、决定，不含内部管理制度和转发文件）"
)


def long_labels(told: Story) -> Story:
    """Labels explained in brackets, at more length than a line has."""
    return each_table(told, lambda layout: each_cell(layout, lambda text: text + _EXPLANATION * (text in _EXPLAINED)))


def group_sum(told: Story) -> Story:
    """A row 合计 below the rows of 不予公开, which the form does not have."""
    return each_table(told, lambda layout: _with_sum(layout) if layout[0][0].text == _CORNER else layout)


def _with_sum(layout: Layout) -> Layout:
    grid = places(layout)
    first = next(at for at, row in enumerate(layout) for box in row if "不予" in box.text and box.height == 8)
    last = first + 7
    figures = [[slot.text for slot in row[-7:]] for row in grid[first : last + 1]]
    added = [Box("合计"), *(Box(_sum(list(column))) for column in zip(*figures, strict=True))]
    higher = {id(slot.box) for slot in grid[last] if slot.box.height > 1}
    grown = [[box._replace(height=box.height + (id(box) in higher)) for box in row] for row in layout]
    return [*grown[: last + 1], added, *grown[last + 1 :]]


def noise(told: Story) -> Story:
    """What mirrors do: pinyin in brackets, emoji, `{{ title }}`, tags as text, advertisements, a foreign title."""
    noisy = each_text(told, _with_pinyin)
    title, heading, *rest = noisy
    prose = ["网站地图 {{ title }}", "本😀机🎉关高度重视，365bet体育在线主动公开&lt;span&gt;政府信息1234条。"]
    return [str(title).replace("报告", "报🔥告"), heading, *prose, *rest]


def _with_pinyin(text: str) -> str:
    return re.sub("|".join(_PINYIN), lambda match: _PINYIN[match[0]], text, count=1)


def plain(told: Story) -> Story:
    """As the official form prints it."""
    return told


DRESSES: dict[str, Callable[[Story], Story]] = {
    dress.__name__.replace("_", "-"): dress
    for dress in (
        *(plain, one_table, page_break, bare_break, site_table, subtotal, caption, header_of_one_row),
        *(header_of_two_rows, empty_rows, group_in_each_row, split_header, spaces, shapeless, lost_spaces),
        *(long_labels, group_sum, noise),
    )
}
TEXT_DRESSES = ("shapeless", "long-labels", "group-sum")
"""Those that text without cells can show as well."""
