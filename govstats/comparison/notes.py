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
from govstats.text.anchors import words_in_all

_SENTENCE_ENDS = re.compile(r"[。;\n]")
_CLAUSE = re.compile("[,、:()]")
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
    hint: re.Pattern[str]
    words: re.Pattern[str]
    near: re.Pattern[str]
    lacks: re.Pattern[str] | None
    clause: bool

    def finds(self, sentence: str) -> bool:
        """Does the sentence give this kind of reason?"""
        return (
            self.hint.search(sentence) is not None
            and self.words.search(sentence) is not None
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
            words_in_all(each.words),
            _any(each.words),
            _any(each.near or ("",)),
            _any(each.lacks) if each.lacks else None,
            each.clause,
        )
        for kind, each in reasons().reasons.items()
    )


def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


@cache
def _hint() -> re.Pattern[str]:
    return words_in_all(word for each in reasons().reasons.values() for word in each.words)


def notes(text: str) -> tuple[Note, ...]:
    """Simplified, half-width prose, a paragraph a line → the sentences that give reasons."""
    found: list[Note] = []
    for sentence in _sentences(text):
        found += [each.note(sentence) for each in _finders() if each.finds(sentence)]
    return tuple(found[:_MOST])


def _counts(text: str) -> Iterator[float]:
    return (
        each.value
        for each in figures(text)
        if not each.approx and each.unit not in _OTHERS and each.family not in _OTHER_FAMILIES
    )


def _sentences(text: str) -> Iterator[str]:
    """The sentences that may give a reason: few of them have one of its words."""
    begin = 0
    while word := _hint().search(text, begin):
        begin = max(begin, *(text.rfind(end, begin, word.start()) + 1 for end in "。;\n"))
        ended = _SENTENCE_ENDS.search(text, word.end())
        end = ended.start() if ended else len(text)
        sentence = text[begin:end].strip()
        if "|" not in sentence and "\t" not in sentence and 4 < len(sentence) <= _LONGEST:
            yield sentence
        begin = end


def scope_of(found: tuple[Note, ...]) -> str | None:
    """What a report says that it counts: `own` or `all`; None if it does not say, or says both."""
    kinds = {note.kind for note in found} & {"scope_own", "scope_all"}
    return {"scope_own": "own", "scope_all": "all"}[kinds.pop()] if len(kinds) == 1 else None


def of_kind(found: tuple[Note, ...], *kinds: str) -> tuple[Note, ...]:
    """The notes of these kinds."""
    return tuple(note for note in found if note.kind in kinds)
