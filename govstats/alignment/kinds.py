"""Lines → lines: rows that an agency added to a form, subtotals and kinds into which a row is divided, told apart."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from govstats.alignment.line import Line, Unknown
from govstats.alignment.vocabulary import vocabulary, words_of
from govstats.model.forms import TableForm
from govstats.model.table import DIVIDED
from govstats.text.labels import label

Found = list[Line | Unknown]


def divided(found: Found, form: TableForm) -> Found:
    """A row whose label is followed by a kind that the form does not have (其他对外管理服务事项, 行政检查), and by a
    row of a further kind (行政确认), is divided: no one line holds its figures."""
    return [
        Unknown(f"{form.rows[one.codes[0]].label.zh}{DIVIDED}{_kind(one)}", one.row.place())
        if isinstance(one, Line) and isinstance(other, Unknown) and _is_divided(one, other, form)
        else one
        for one, other in pairwise([*found, None])
        if one is not None
    ]


def _kind(line: Line) -> str:
    """What stands between the name of a row and its figures, in words."""
    return line.texts[0] if line.texts and words_of(line.texts[0]) else ""


def _is_divided(line: Line, behind: Unknown, form: TableForm) -> bool:
    known = vocabulary(form)
    named = [words_of(_kind(line)), words_of(behind.label)]
    is_new = all(words and words not in known.names for words in named)
    return is_new and line.row.has_figure(line.tail) and behind.place.line == line.row.line + 1


def without_subtotals(found: Found, form: TableForm) -> Found:
    """Where a total has several lines, by its own name (总计) and another (合计), the other ones are of groups; of
    several that all have another name, the last is the table's."""
    totals = [each for each in found if isinstance(each, Line) and each.codes[0] in _totals(form)]
    own = [each for each in totals if label(each.label).words == label(form.rows[each.codes[0]].label.zh).words]
    others = [each for each in totals if each not in own and label(each.label).words in vocabulary(form).rows]
    subtotals = others if own else others[:-1]
    return [each for each in found if not any(each is other for other in subtotals)]


@lru_cache(maxsize=256)
def _totals(form: TableForm) -> frozenset[str]:
    """The rows that are sums of other rows."""
    rows = [cell.row for cell in form.cells]
    sums = [each for each in form.relations if each.is_sum]
    return frozenset(rows[each.right[0]] for each in sums if rows[each.right[0]] not in {rows[at] for at in each.left})
