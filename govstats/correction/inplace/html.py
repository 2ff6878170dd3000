"""A web page: `<del>` and `<ins>` around figures, `<mark>` around what is in doubt, each with the reason as its title;
all other bytes as they were, in the page's own charset."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from govstats.correction.inplace._charset import Written, readable
from govstats.correction.inplace._contract import Mark, Signed
from govstats.correction.inplace._dye import Addresses, addresses, dye
from govstats.correction.inplace._figures import Range, end_of, figure_of, written
from govstats.correction.inplace._page import Page
from govstats.correction.inplace._sentences import sentence_at
from govstats.correction.inplace._splices import Splice, spliced
from govstats.readers import html

SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
PLAIN = False


def operate(data: bytes, marks: Sequence[Mark], signed: Signed) -> tuple[bytes, list[Mark]]:
    """The page with the marks, and those that were made."""
    page_written = Written.of(data)
    page = Page.of(page_written.text, signed.blanks, tables_only=not any(mark.sentence for mark in marks))
    at = _addresses(page)
    splices: list[Splice] = []
    done = []
    for mark in marks:
        made = list(_sentence(page, mark) if mark.sentence else _cell(page, mark, at, signed))
        if made:
            done.append(mark)
            splices += [each._replace(text=page_written.writable(each.text)) for each in made]
    return page_written.bytes_of(spliced(page.source, splices)), done


def _addresses(page: Page) -> Addresses:
    dyed = spliced(page.source, [_dyed(page.source, at, dye(number)) for number, at in enumerate(page.figures)])
    return addresses(html.read(readable(dyed)))


def _dyed(source: str, at: Range, mark: str) -> Splice:
    last = end_of(source, *at)
    return Splice(last, last, mark)


def _cell(page: Page, mark: Mark, at: Addresses, signed: Signed) -> Iterator[Splice]:
    pieces = [page.figures[number] for number in at.get(mark.place, ())] if mark.place else []
    found = figure_of(pieces, page.source, mark.raw) if pieces else None
    if found is None:
        return
    ranges, old = found
    title, date = escape(mark.note), escape(signed.date)
    if mark.new is None:
        yield from _marked(page.source, ranges or pieces[-1:], title)
        return
    new = f'<ins datetime="{date}" title="{title}">{written(mark.new, old)}</ins>'
    last = ranges[-1] if ranges else pieces[-1]
    for each in ranges:
        gone = f'<del datetime="{date}">{page.source[each.start : each.end]}</del>'
        yield Splice(*each, gone + new * (each is last))
    if not ranges:
        yield Splice(last.end, last.end, new)


def _sentence(page: Page, mark: Mark) -> Iterator[Splice]:
    for line in page.lines:
        if found := sentence_at(page.source, line, mark.sentence):
            parts = [Range(max(each.start, found.start), min(each.end, found.end)) for each in line]
            yield from _marked(page.source, [each for each in parts if each.start < each.end], escape(mark.note))
            return


def _marked(source: str, ranges: Sequence[Range], title: str) -> Iterator[Splice]:
    for each in ranges:
        yield Splice(*each, f'<mark title="{title}">{source[each.start : each.end]}</mark>')
