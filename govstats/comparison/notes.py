"""A report's prose → Notes: what it says that explains why its figures do not follow from others' (schemas/prose)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pydantic import Field, ValidationError

from govstats.catalog import resources
from govstats.catalog.yamlfiles import Spec, load_yaml, rejected
from govstats.errors import CatalogError
from govstats.lang import Text
from govstats.prose.figures import figures
from govstats.text.anchors import anchors
from govstats.text.lexicon import Kinds, Lexicon
from govstats.text.patterns import lazy

_CLAUSE = lazy("[,、:()]")
_LONGEST = 400
_KEPT = 120
_MOST = 24
_OTHERS = frozenset("条处")
_OTHER_FAMILIES = frozenset({"event", "person", "money"})
"""What is counted so is no request and no document: 5 条信息, 更正 5 处, 培训 5 次."""
_KINDS = ("merger", "moved_out", "correction", "lapse", "entry", "scope_changed", "scope_own", "scope_all")


class Note(NamedTuple):
    """A sentence of the prose: the kind of reason that it gives, its words, and the counts in it."""

    kind: str
    text: str
    figures: tuple[float, ...]

    @property
    def quoted(self) -> Text:
        """The sentence in quotes."""
        return Text(f"“{self.text}”", f"“{self.text}”")


class ReasonSpec(Spec):
    """How sentences of one kind read."""

    words: tuple[str, ...] = Field(min_length=1)
    near: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    clause: bool = False


class Reasons(Spec):
    """The file schemas/prose/reasons.yaml."""

    reasons: dict[str, ReasonSpec]
    stock: tuple[str, ...] = Field(description="what every report says: no sign that it was copied")


@cache
def reasons() -> Reasons:
    """The file, checked. Raises CatalogError."""
    path = resources.schemas() / "prose" / "reasons.yaml"
    try:
        found = Reasons.model_validate(load_yaml(path))
    except ValidationError as error:
        raise rejected(path, error) from error
    if set(found.reasons) != set(_KINDS):
        raise CatalogError(Text(f"{path}: 应有 {_KINDS}", f"{path}: expected the kinds {_KINDS}"))
    return found


class _Finder(NamedTuple):
    kind: str
    signs: Kinds
    words: re.Pattern[str]
    near: re.Pattern[str]
    lacks: re.Pattern[str] | None
    clause: bool

    def finds(self, sentence: str) -> bool:
        """Does the sentence give this kind of reason?"""
        return (
            self.words.search(sentence) is not None
            and self.near.search(sentence) is not None
            and (self.lacks is None or self.lacks.search(sentence) is None)
        )

    def note(self, sentence: str) -> Note:
        """The sentence as a note, with its counts."""
        clauses = [each for each in _CLAUSE.split(sentence) if self.words.search(each)] if self.clause else []
        counting = [each for each in clauses if figures(each)] or [sentence]
        counts = {count for each in counting for count in _counts(each)}
        return Note(self.kind, sentence[:_KEPT], tuple(sorted(counts)))


@cache
def _finders() -> tuple[_Finder, ...]:
    return tuple(
        _Finder(
            kind,
            frozenset([kind, *([_near(kind)] if _anchors_near(each) else [])]),
            _any(each.words),
            _any(each.near or ("",)),
            _any(each.lacks) if each.lacks else None,
            each.clause,
        )
        for kind, each in reasons().reasons.items()
    )


def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return lazy("|".join(f"(?:{pattern})" for pattern in patterns))


@cache
def _lexicon() -> Lexicon:
    """Words, one of which stands in every sentence that gives a reason of the kind; and what stands near."""
    known = reasons().reasons.items()
    near = {_near(kind): _anchors_near(each) for kind, each in known}
    return Lexicon.of({kind: anchors(each.words) or frozenset() for kind, each in known} | near)


def _near(kind: str) -> str:
    return f"near {kind}"


def _anchors_near(spec: ReasonSpec) -> frozenset[str]:
    """What stands near, if it tells anything: one character such as 局 stands in every other sentence."""
    found = anchors(spec.near) or frozenset()
    return frozenset(found) if min(map(len, found), default=0) > 1 else frozenset()


def notes(text: str) -> tuple[Note, ...]:
    """Simplified, half-width prose, a paragraph a line → the sentences that give reasons."""
    found: list[Note] = []
    for sentence, kinds in _sentences(text):
        found += [each.note(sentence) for each in _finders() if each.signs <= kinds and each.finds(sentence)]
    return tuple(found[:_MOST])


def _counts(text: str) -> Iterator[float]:
    return (
        each.value
        for each in figures(text)
        if not each.approx and each.unit not in _OTHERS and each.family not in _OTHER_FAMILIES
    )


def _sentences(text: str) -> Iterator[tuple[str, Kinds]]:
    """The sentences that may give a reason, as few have one of its words; and the kinds of it."""
    (pattern,), shown = _lexicon()
    text = text.replace("。", "\n").replace(";", "\n")
    begin = end = 0
    kinds: Kinds = frozenset()
    for match in pattern.finditer(text):
        if match.start() >= end:
            yield from _whole(text[begin:end], kinds)
            begin = text.rfind("\n", end, match.start()) + 1 or end
            end, kinds = text.find("\n", match.end()), frozenset()
            if end < 0:
                end = len(text)
        kinds |= shown[match[0]]
    yield from _whole(text[begin:end], kinds)


def _whole(printed: str, kinds: Kinds) -> Iterator[tuple[str, Kinds]]:
    sentence = printed.strip()
    if "|" not in sentence and "\t" not in sentence and 4 < len(sentence) <= _LONGEST:
        yield sentence, kinds


def scope_of(found: tuple[Note, ...]) -> str | None:
    """What a report says that it counts: `own` or `all`; None if it does not say, or says both."""
    kinds = {note.kind for note in found} & {"scope_own", "scope_all"}
    return {"scope_own": "own", "scope_all": "all"}[kinds.pop()] if len(kinds) == 1 else None


def of_kind(found: tuple[Note, ...], *kinds: str) -> tuple[Note, ...]:
    """The notes of these kinds."""
    return tuple(note for note in found if note.kind in kinds)
