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
    several that all have another name, the last is the table's, if it is not of a group, too."""
    subtotals = [each for code in _parts(form) for each in _subtotals(code, found, form)]
    return [each for each in found if not any(each is other for other in subtotals)]


def _subtotals(code: str, found: Found, form: TableForm) -> list[Line]:
    """Of the lines that name one total, those that are of groups."""
    totals = [each for each in found if isinstance(each, Line) and each.codes[0] == code]
    own = [each for each in totals if label(each.label).words == label(form.rows[code].label.zh).words]
    others = [each for each in totals if each not in own and label(each.label).words in vocabulary(form).rows]
    return [each for each in others if own or each is not others[-1] or _is_of_group(each, found, form)]


def _is_of_group(total: Line, found: Found, form: TableForm) -> bool:
    """Does it stand beside the name of a group, or above a line that the table's total is the sum of?"""
    code = total.codes[0]
    beside = total.row.texts[: total.tail[0]] if total.tail else ()
    named = {each for text in beside for each in vocabulary(form).rows.get(label(text).words, ())}
    below = found[next(at for at, each in enumerate(found) if each is total) :]
    groups = named.intersection(form.groups) - {code}
    return not form.groups_around(code).issuperset(groups) or any(
        isinstance(each, Line) and each.codes[0] in _parts(form)[code] for each in below
    )


@lru_cache(maxsize=256)
def _parts(form: TableForm) -> dict[str, frozenset[str]]:
    """The rows that are sums of other rows, each with those that the form has above it."""
    order = list(form.rows)
    found: dict[str, frozenset[str]] = {}
    for each in form.relations:
        total, parts = form.cells[each.right[0]].row, {form.cells[at].row for at in each.left}
        if each.is_sum and total not in parts:
            above = {part for part in parts if order.index(part) < order.index(total)}
            found[total] = found.get(total, frozenset()) | above
    return found
