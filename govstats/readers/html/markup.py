"""A page's bytes → the same page in the few tags that reading it needs, its blocks marked: a third of the bytes.

Word and the editors of government sites dress every cell in paragraphs, spans and styles; the parser would build all
of it only for us to look past it. A tag that is not understood to the letter stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from govstats.readers.html.painted import PAINTS
from govstats.readers.html.silent import without_silent
from govstats.readers.html.style import TELLING, is_telling
from govstats.readers.html.written import Written

BREAK = "\f"
"""Marks where a block begins or ends; white space in HTML, so that it may stand anywhere, tables included."""
_MARK = b"\x1e"
"""The same until line ends are gone."""
_ONE_LINE = bytes.maketrans(b"\r\n\f\x1d\x1e", b"    \f")
"""Line ends mean nothing in HTML; our own marks must not stand in it already."""
_BLOCKS = frozenset(b"p div br li ul ol dl dd dt hr h1 h2 h3 h4 h5 h6 section article title sup sub".split())
_STRUCTURE = frozenset(b"html body table thead tbody tfoot tr td th caption".split())
_DRESS = frozenset(b"span font o:p b strong em i u big small tt code nobr a center".split())
_SHOWN_BY_TEXT = _BLOCKS.union(_DRESS) - {b"title"}
"""Elements that show as their text, with a break at most."""
_BARE = _SHOWN_BY_TEXT.union(_STRUCTURE)
"""Elements whose attributes say nothing about a table, but for those below."""
_TAG = re.compile(rb"<([^<>]*)>")
_TEXT = re.compile(rb">(?=[^<])(\s*+[^<>\s][^<>]*+)<")
_SEAM, _SPACED_SEAM = b"><", re.compile(rb">(\s*+)<")
_NAME = re.compile(rb"/?([a-z][^\s/]*)", re.IGNORECASE)
_VALUE = rb"""(?:"[^"]*"|'[^']*'|[^\s"'=<>`]++)"""
_QUOTED = re.compile(rb""""[^"]*"|'[^']*'""")
_WELL_FORMED = re.compile(
    rb"""/[a-z][\w:]*+\s*+|[a-z][\w:]*+(?:\s++[^\s"'<>/=]++(?:\s*+=\s*+""" + _VALUE + rb")?)*+\s*+/?+", re.IGNORECASE
)
_HIDDEN = re.compile(rb"\s(?:hidden|popover)(?=[\s=/]|$)", re.IGNORECASE)
_DRESSING = (b"style", b"hidden", b"popover", b"color", b"background")
"""One of these is in the name of each attribute by which a text may be shown in another way than it is written."""
_PAINTED = re.compile(rb"""t[dh]\s[^<>]*?(?<![-\w])background\s*=\s*["']?[^\s"'>]""", re.IGNORECASE)
"""A cell of old with a picture behind it."""
_BINDING = re.compile(rb"\s(?:v-text|v-html|ng-bind|data-bind|x-text|th:text)", re.IGNORECASE)
_SPANS = (b"colspan", b"rowspan")
_STRIKING = re.compile(rb"line-through", re.IGNORECASE)
_HOLDS_TABLES = frozenset(b"div section article main center form body fieldset dl dd li ul span font".split())
_CLOSED_BY_NAME = frozenset(b"div ul ol dl section article aside nav main header footer center fieldset".split())
"""Elements that end where their name is closed, whatever is open in them."""
_IN_LINES = frozenset(b"span a b i u em strong font big small img br input label o:p".split())
_ENDLESS = frozenset(b"img br hr input col link meta".split())
"""Elements without an end."""
_BOUNDS = frozenset(b"template object applet marquee svg math".split())
"""Elements in which ends count for nothing outside."""
_WORD = re.compile(rb"[\w-]+")
_CLASSES = re.compile(rb"""\s(?:class|id)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_ATTRIBUTE_NAME = re.compile(rb"""\s([a-z][\w:.-]*)(?=\s*[=\s>/]|$)""", re.IGNORECASE)
_TELLS = rb"(?:" + TELLING.pattern + rb"|background)"
_ATTRIBUTE = (
    rb"""(?!hidden\b|style\b)[a-z][\w:.-]*+(?:\s*+=\s*+(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'=<>`]++))?+"""
    rb"""|style\s*+=\s*+(?!(?:"[^"<>]*?|'[^'<>]*?)""" + _TELLS + rb""")(?:"[^"<>]*+"|'[^'<>]*+')"""
)
_LINK = re.compile(rb"<(?:/a\s*+|a(?:\s++(?:" + _ATTRIBUTE + rb"))*+\s*+)>", re.IGNORECASE)
_OTHER_LINK = re.compile(rb"</?a[\s/>]", re.IGNORECASE)
_NOT_SHOWN = frozenset(b"del s strike rt rp bdo details dialog datalist".split())
_LONG = 500


class Slim(NamedTuple):
    """`source`: the page. `names`: its elements, in small letters. `hides`: does it strike anything, or hide any of its
    tables? `is_clear`: is there no bracket that may be none of a tag? `is_bound`: may a framework fill any of its
    elements? `is_emptied`: has it nothing in its scripts and styles? `tags`: what it was written with, each once."""

    source: bytes
    names: frozenset[bytes]
    hides: bool
    is_clear: bool = True
    is_bound: bool = False
    is_emptied: bool = False
    tags: frozenset[bytes] = frozenset()

    @property
    def words(self) -> frozenset[bytes]:
        """What its tags are written with, in small letters: classes and ids among it."""
        return frozenset(_WORD.findall(b" ".join(self.tags).lower()))

    def has(self, *names: str) -> bool:
        """Has it any of these elements?"""
        return not self.names.isdisjoint(map(str.encode, names))


class _Tag(NamedTuple):
    """`name` of the element, empty if there is none; `bare`: the tag without attributes, None if it must stay.

    `mark`: what stands for it where a block breaks. `is_open`: a quote is open at its end, so the tag goes on, up to a
    quote in one of the tags behind it. `is_dressed`: it may hide, raise or strike something. `is_bound`: a framework
    may fill it.
    """

    name: bytes
    bare: bytes | None
    mark: bytes
    is_open: bool = False
    is_dressed: bool = False
    is_bound: bool = False


def slim(page: Written, styled: frozenset[bytes] | None = frozenset()) -> Slim:
    """The page without what no table and no paragraph needs. No text is lost, and none is moved across a block.

    Where something is hidden all elements stay as they are: how far it reaches may follow from any of them. So do
    those that the page's own style speaks of: `styled`, their names, classes and ids (None: all of them). Where a
    bracket may be none of a tag, nothing is guessed.
    """
    emptied = without_silent(page)
    for tried in _shorter(emptied, page.has_links and styled == frozenset()) if emptied is not None else ():
        found = _slim(tried, styled, is_emptied=True)
        if tried is page.source or (found.is_clear and (tried is emptied or not found.hides)):
            return found
    return _slim(page.source, styled)


def _shorter(emptied: bytes, may_lose_links: bool) -> Iterator[bytes]:
    """The page without links, if there are any and no style speaks of them; then with them."""
    if may_lose_links:
        yield without_links(emptied)
    yield emptied


def without_links(source: bytes) -> bytes:
    """The page without the tags of its links: hundreds, no two alike, and of no meaning. All of them, or none."""
    bare = _LINK.sub(b"", source)
    return source if _OTHER_LINK.search(bare) else bare


def _slim(source: bytes, styled: frozenset[bytes] | None, is_emptied: bool = False) -> Slim:
    """The page in few tags, whatever its brackets are. `is_emptied`: if they are clear, what shows nothing has none."""
    source = source.replace(_MARK, b" ")
    parts, doubtful = _runs(source), list[int]()
    kinds = _kinds_of_runs(frozenset(parts[1::2]), styled) if parts else None
    if kinds is None:
        parts, doubtful = _single(source)
        kinds = _kinds({tag: [tag] for tag in parts[1::2]}, {}, styled)
    names, runs = kinds.names, parts[1::2]
    is_clear = not kinds.is_open and not doubtful
    is_emptied = is_emptied and is_clear
    is_sure = is_emptied and names.isdisjoint(_BOUNDS)
    hides = not names.isdisjoint(_NOT_SHOWN) or (bool(kinds.hiding) and _hides(runs, kinds, is_sure))
    all_stay = hides or kinds.is_open or any(_leaves_open(parts[at - 1]) for at in doubtful)
    doubted = {at: _tag(parts[at]) for at in doubtful}
    shown = kinds.shown
    if all_stay or doubtful:
        shown = _shown(kinds, names if all_stay else {tag.name for tag in doubted.values()}, all_stay)
    as_they_are = {at: tag.mark + b"<" + parts[at] + b">" for at, tag in doubted.items()}
    parts[1::2] = map(shown.__getitem__, runs)
    for at, tag in as_they_are.items():
        parts[at] = tag
    whole = b"".join(parts).translate(_ONE_LINE)
    return Slim(whole, names, hides, is_clear, kinds.is_bound, is_emptied, frozenset(kinds.distinct))


class _Kinds(NamedTuple):
    """The kinds of runs of tags of a page, from the first tag behind a text to the last before one; pages have a few
    dozen, each a hundred times, and pages of one site the same. `tags`: those of each kind; `spaces`: the white space
    behind each of them, for kinds that have any. `distinct`: what is known of each tag.

    `hiding`: the tags that are dressed. `shown`: what stands for each kind where no tag is in doubt and none hides.
    """

    tags: dict[bytes, list[bytes]]
    spaces: dict[bytes, list[bytes]]
    distinct: dict[bytes, _Tag]
    names: frozenset[bytes]
    hiding: frozenset[bytes]
    is_open: bool
    is_bound: bool
    shown: dict[bytes, bytes]


@lru_cache(maxsize=32)
def _kinds_of_runs(runs: frozenset[bytes], styled: frozenset[bytes] | None) -> _Kinds | None:
    """None if one of the runs holds brackets beside its seams."""
    tags, spaces = {}, {}
    for run in runs:
        if run.count(b"<") == run.count(_SEAM):
            tags[run] = run.split(_SEAM)
        else:
            tags[run], spaces[run] = _tags_and_spaces(run)
        if any(b"<" in tag or b">" in tag for tag in tags[run]):
            return None
    return _kinds(tags, spaces, styled)


def _kinds(tags: dict[bytes, list[bytes]], spaces: dict[bytes, list[bytes]], styled: frozenset[bytes] | None) -> _Kinds:
    distinct = {tag: _tag(tag) for tag in chain.from_iterable(tags.values())}
    if styled is None or styled:
        distinct = {tag: _styled(tag, known, styled) for tag, known in distinct.items()}
    kinds = _Kinds(
        tags,
        spaces,
        distinct,
        frozenset([tag.name for tag in distinct.values()]),
        frozenset([tag for tag, known in distinct.items() if known.is_dressed]),
        any(tag.is_open for tag in distinct.values()),
        any(tag.is_bound for tag in distinct.values()),
        {},
    )
    return kinds._replace(shown=_shown(kinds))


def _shown(kinds: _Kinds, kept: Iterable[bytes] = (), all_stay: bool = False) -> dict[bytes, bytes]:
    """What stands for each kind of run. `kept`: names of elements that stay, beside those of which a tag must."""
    kept = {tag.name for tag in kinds.distinct.values() if tag.bare is None}.union(kept)
    told = {
        tag: _replacement(tag, known._replace(bare=None) if all_stay else known, kept)
        for tag, known in kinds.distinct.items()
    }
    return {run: _together([told[tag] for tag in each], kinds.spaces.get(run)) for run, each in kinds.tags.items()}


def _together(told: list[bytes], spaces: list[bytes] | None) -> bytes:
    """What stands for the tags of a run, with the white space between them."""
    return b"".join(told) if spaces is None else b"".join(chain.from_iterable(zip(told, spaces, strict=True)))


def _tags_and_spaces(run: bytes) -> tuple[list[bytes], list[bytes]]:
    pieces = _SPACED_SEAM.split(run)
    return pieces[::2], [*pieces[1::2], b""]


def _runs(source: bytes) -> list[bytes]:
    """The parts. Where brackets do not match, a run may hold some beside its seams, or the list is empty."""
    parts = _TEXT.split(source)
    first, opened, parts[0] = parts[0].partition(b"<")
    parts[-1], closed, last = parts[-1].rpartition(b">")
    matches = opened and closed and b">" not in first and b"<" not in last
    return [first, *parts, last] if matches else []


def _single(source: bytes) -> tuple[list[bytes], list[int]]:
    """The parts tag by tag, and which of the tags are doubtful."""
    parts = _TAG.split(source)
    texts = parts[::2]
    return parts, [2 * at + 1 for at, text in enumerate(texts[:-1]) if b"<" in text]


def _styled(tag: bytes, known: _Tag, styled: frozenset[bytes] | None) -> _Tag:
    """A tag that style may speak of stays as it is."""
    if styled is None or known.name in styled:
        return known._replace(bare=None)
    if known.bare is None:
        return known
    said = [name for each in _CLASSES.findall(tag) for name in b" ".join(each).split()]
    said += [b"[" + name.lower() for name in _ATTRIBUTE_NAME.findall(tag)]
    return known if styled.isdisjoint(said) else known._replace(bare=None)


def _hides(runs: list[bytes], kinds: _Kinds, is_sure: bool) -> bool:
    """Does any tag between the first table and the last hide something, or one that is still open at the first?

    `is_sure`: each tag is one; then what is hidden between two tables, and ends there, is none of their business.
    """
    hiding, distinct = kinds.hiding, kinds.distinct
    every = list(chain.from_iterable(map(kinds.tags.__getitem__, runs)))
    of_tables = {tag for tag, known in distinct.items() if known.name == b"table"}
    tables = [at for at, tag in enumerate(every) if tag in of_tables]
    if not tables:
        return any(map(_STRIKING.search, hiding))
    if any(map(_STRIKING.search, hiding.intersection(every[tables[0] :]))):
        return True
    last = tables[-1] + 1 if every[tables[-1]].startswith(b"/") else len(every)
    parts = [every[begin:end] for begin, end in pairwise([*tables, last])]
    within = _hides_within(parts, hiding, distinct) if is_sure else not hiding.isdisjoint(every[tables[0] : last])
    return within or _opens_around(every[: tables[0]], hiding, distinct)


def _hides_within(parts: list[list[bytes]], hiding: frozenset[bytes], distinct: dict[bytes, _Tag]) -> bool:
    """Of parts that begin where a table does, or ends: does one hide something in a table, or up to the next one?"""
    deep = 0
    for part in parts:
        deep = max(0, deep - 1) if part[0].startswith(b"/") else deep + 1
        found = [at for at, tag in enumerate(part) if tag in hiding] if not hiding.isdisjoint(part) else []
        if found and (deep or part[0] in hiding or not all(_ends(part[at:], distinct) for at in found)):
            return True
    return False


def _ends(tags: list[bytes], distinct: dict[bytes, _Tag]) -> bool:
    """Does the element that the first of these tags opens surely end among the others?"""
    name = distinct[tags[0]].name
    if name in _ENDLESS:
        return True
    opened = 0
    for tag in tags:
        inner = distinct[tag].name
        if inner == name:
            opened += -1 if tag.startswith(b"/") else 1
            if opened <= 0:
                return True
        elif name not in _CLOSED_BY_NAME and inner not in _IN_LINES:
            return False
    return False


def _opens_around(before: list[bytes], hiding: frozenset[bytes], distinct: dict[bytes, _Tag]) -> bool:
    """Is an element that hides something not closed in these tags? Or does one strike something?"""
    names = {distinct[tag].name for tag in hiding}
    counted = {tag for tag, known in distinct.items() if known.name in names}
    open_now: Counter[bytes] = Counter()
    for tag in reversed([tag for tag in before if tag in counted]):
        name = distinct[tag].name
        is_end = tag.startswith(b"/")
        if not is_end and tag in hiding and ((open_now[name] >= 0 and name in _HOLDS_TABLES) or _STRIKING.search(tag)):
            return True
        open_now[name] += -1 if is_end else open_now[name] < 0
    return False


def _replacement(tag: bytes, known: _Tag, kept: set[bytes]) -> bytes:
    """What stands for a tag. An element goes only if all its tags go."""
    if known.name in _SHOWN_BY_TEXT and known.name not in kept:
        return known.mark
    return known.mark + b"<" + (tag if known.bare is None else known.bare) + b">"


def _tag(inside: bytes) -> _Tag:
    """What stands between two brackets. Pictures in tags are too long to be remembered."""
    return _parsed(inside) if len(inside) < _LONG else _parsed.__wrapped__(inside)


@lru_cache(maxsize=4096)
def _parsed(inside: bytes) -> _Tag:
    match = _NAME.match(inside)
    if match is None:
        return _Tag(b"", None, b"")
    name = match[1].lower()
    mark = _MARK if name in _BLOCKS else b""
    lowered = inside.lower()
    is_dressed = any(word in lowered for word in _DRESSING) and _is_dressed(inside)
    is_bound = _BINDING.search(inside) is not None
    if not _WELL_FORMED.fullmatch(inside):
        return _Tag(name, None, mark, _leaves_open(inside), is_dressed, is_bound)
    if name not in _BARE or is_dressed or is_bound or any(span in lowered for span in _SPANS) or b"--" in inside:
        return _Tag(name, None, mark, is_dressed=is_dressed, is_bound=is_bound)
    return _Tag(name, match[0].lower(), mark)


def _is_dressed(inside: bytes) -> bool:
    """A tag with a comment or an escape in its style may say anything."""
    if b"\\" in inside or b"/*" in inside or _HIDDEN.search(inside) is not None or is_telling(inside):
        return True
    return PAINTS.search(inside) is not None or _PAINTED.match(inside) is not None


def _leaves_open(text: bytes) -> bool:
    """Is a quote open at the end?"""
    bare = _QUOTED.sub(b"", text)
    return b"'" in bare or b'"' in bare
