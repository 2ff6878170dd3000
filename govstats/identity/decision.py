"""Mentions → the agency: spellings of one body are made one, weighed by kind, and the heaviest wins by a margin.

Below the margin nobody can say whose the report is: then the answer is None, and says between what.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from govstats.identity.completing import completed
from govstats.identity.evidence import Evidence
from govstats.identity.mentions import Kind, Mention
from govstats.identity.names import is_fuller, is_pair, is_partial, is_region
from govstats.identity.spelling import government_of, is_government, is_government_office, is_same, key
from govstats.lang import Text
from govstats.text.patterns import lazy

LEAST = 2.5
"""A name that stands only in places of less weight than this is nobody's."""
MARGIN = 1.0
"""So much more the first must weigh than the second."""
_AS_IT_CALLS_ITSELF = 1.0
_STRONG = {Kind.TITLE, Kind.ANNOUNCED, Kind.QUOTED, Kind.STACKED, Kind.SUBJECT, Kind.CONSISTS}
_OFFICE_ANSWERS = {Kind.CONTACT, Kind.ISSUER, Kind.SOURCE, Kind.SIGNED, Kind.COMPILED, Kind.OWNER}
_TELLS = {Kind.TITLE, Kind.ANNOUNCED, Kind.QUOTED, Kind.COMPILED, Kind.CONSISTS}
_SPELLS = {Kind.OWNER, Kind.SOURCE, Kind.BANNER}
_OF_WE = {
    "局": "局", "厅": "厅", "委": "委会", "办": "办室", "院": "院", "校": "校学院中", "镇": "镇府处", "乡": "乡府",
    "街道": "道处", "苏木": "木府", "中心": "心",
    "大队": "队", "支队": "队", "队": "队", "站": "站", "所": "所", "处": "处",
    "社": "社", "馆": "馆", "公司": "司团", "关": "关",
    "署": "署", "部": "部", "大学": "学",
}  # fmt: skip
_NOBODY = frozenset({"政府", "人民政府", "学校", "机关", "政府(机关)", "大学", "学院", "医院"})
_OF_PLACE = frozenset("县市区州省旗盟")
_OF_A_WHOLE_PLACE = lazy(
    r"(?:全(?:省|市|县|区|州|旗|盟)|各乡镇[^。]{0,8})(?:各级|各部门|各单位|各乡镇|上下|主动公开|累计公开|共公开)"
)
"""What no bureau says of itself: 全县主动公开信息 4,702 条."""


class Whose(NamedTuple):
    """The agency, and by what it was known; or None, and between which names it stands."""

    agency: str | None
    because: tuple[Kind, ...] = ()
    between: tuple[str, ...] = ()

    @property
    def called(self) -> str | None:
        """The only name there is, which leaves open whose it is (市财政局)."""
        only = self.between[0] if len(self.between) == 1 else None
        return only if only and is_partial(only) else None

    @property
    def reason(self) -> Text:
        """By what the agency was known, or why not, in words."""
        if self.agency:
            kinds = [kind.text for kind in self.because]
            return Text("、".join(each.zh for each in kinds), ", ".join(each.en for each in kinds))
        if len(self.between) > 1:
            return Text(f"在{'、'.join(self.between)}之间无法判断", f"undecided between {', '.join(self.between)}")
        if self.between:
            return Text(
                f"只有“{self.between[0]}”，不知道是哪里的", f"only “{self.between[0]}”, whose place is not told"
            )
        return Text("文中没有", "not named in the document")


@dataclass(slots=True)
class _Body:
    """Mentions of one body."""

    key: str
    mentions: list[Mention] = field(default_factory=list)
    bonus: float = 0.0

    @property
    def kinds(self) -> set[Kind]:
        return {mention.kind for mention in self.mentions}

    @property
    def weight(self) -> float:
        """Each kind of place counts once: a title printed twice is no better proven."""
        return sum(kind.weight for kind in self.kinds) + self.bonus

    @property
    def claim(self) -> float:
        """Its weight against others; a name that leaves open whose it is (校长办公室) claims half."""
        return self.weight / 2 if is_partial(self.key) else self.weight


def whose(said: Evidence) -> Whose:
    """The one body that most speaks for."""
    named = [mention for mention in said.mentions if mention.name and mention.name not in _NOBODY]
    years = {mention.year for mention in named if mention.kind is Kind.TITLE and mention.year}
    named = [m for m in named if not (m.kind is Kind.TITLE and years and not m.year)]
    named = _of_pairs(_without_series(named))
    bodies = _weighed(_bodies(named), said)
    if not bodies:
        return Whose(None)
    first, second = bodies[0], bodies[1] if len(bodies) > 1 else None
    if first.weight < LEAST:
        return Whose(None)
    if second and first.claim - second.claim < MARGIN:
        return Whose(None, between=tuple(_name(each) for each in bodies[:3] if first.claim - each.claim < MARGIN))
    name = completed(_name(first), said.text)
    if name is None or not _is_told(first, said):
        return Whose(None, between=(_name(first),))
    return Whose(name, tuple(sorted(filter(first.kinds.__contains__, Kind), key=lambda kind: -kind.weight)))


def _without_series(named: list[Mention]) -> list[Mention]:
    """The mentions without a heading 某市政府信息公开工作年度报告 that names no year, where two bodies compiled the
    report: it is the series that theirs belongs to."""
    if not any(m.kind is Kind.COMPILED and is_pair(m.name or "") for m in named):
        return named
    return [m for m in named if m.year or m.kind not in (Kind.TITLE, Kind.ANNOUNCED) or not is_region(m.name or "")]


def _of_pairs(named: list[Mention]) -> list[Mention]:
    """The mentions, those of one of two bodies that report together made mentions of both."""
    pairs = {m.name for m in named if m.name and m.kind in _TELLS and is_pair(m.name)}
    parts = {key(part): pair for pair in pairs for part in pair.split("、")}
    alone = {key(m.name or "") for m in named if m.kind in (Kind.TITLE, Kind.ANNOUNCED, Kind.QUOTED)}
    return [m if key(m.name or "") in alone else m._replace(name=parts.get(key(m.name or ""), m.name)) for m in named]


def _bodies(named: Iterable[Mention]) -> list[_Body]:
    """Mentions by body: whole names first, then those that are only part of one, by whom they can mean."""
    bodies: list[_Body] = []
    partial: list[Mention] = []
    for mention in named:
        (partial if is_partial(mention.name or "") else bodies_of(bodies, mention)).append(mention)
    for mention in partial:
        bodies_of(bodies, mention).append(mention)
    return _united(bodies)


def bodies_of(bodies: list[_Body], mention: Mention) -> list[Mention]:
    """The mentions of the body that a name means; a new one if it means none of them. Of several, the heaviest."""
    own = key(mention.name or "")
    fitting = [body for body in bodies if is_same(own, body.key)]
    if not fitting:
        bodies.append(_Body(own))
        return bodies[-1].mentions
    body = fitting[0] if len(fitting) == 1 else max(fitting, key=lambda each: each.weight)
    if len(own) > len(body.key) and not is_partial(mention.name or ""):
        body.key = own
    return body.mentions


def _united(bodies: list[_Body]) -> list[_Body]:
    """Bodies whose keys have become the same by a fuller spelling."""
    united: list[_Body] = []
    for body in sorted(bodies, key=lambda each: -len(each.key)):
        same = [each for each in united if is_same(body.key, each.key)]
        if len(same) == 1:
            same[0].mentions += body.mentions
        else:
            united.append(body)
    return united


def _weighed(bodies: list[_Body], said: Evidence) -> list[_Body]:
    """The bodies by weight. Where a government reports, its office only answers and publishes for it."""
    titled = [body.key for body in bodies if Kind.TITLE in body.kinds and not is_government(body.key)]
    bodies = [body for body in bodies if not _is_only_the_place(body, titled)]
    governments = {body.key: body for body in bodies if is_government(body.key) and body.kinds & _STRONG}
    kept = []
    for body in bodies:
        if is_government_office(body.key):
            ruler = next((each for own, each in governments.items() if is_same(own, government_of(body.key))), None)
            if ruler is not None and (Kind.TITLE in ruler.kinds or not body.kinds - _OFFICE_ANSWERS):
                body.mentions = [m for m in body.mentions if m.kind in (Kind.TITLE, Kind.SUBJECT)]
                if ruler.kinds & {Kind.TITLE, Kind.ANNOUNCED} and Kind.TITLE not in body.kinds:
                    continue
        if body.mentions:
            kept.append(body)
    word = _strong_we(said)
    if word:
        kept = [body for body in kept if not (is_government(body.key) and not body.kinds & _STRONG)]
        for body in kept:
            body.bonus = _AS_IT_CALLS_ITSELF if _is_called(_name(body), word) else 0.0
    return sorted(kept, key=lambda each: -each.claim)


def _is_only_the_place(body: _Body, titled: list[str]) -> bool:
    """现将某州…报告如下 under a title of 某州人民政府办公室: the place that its office, or its bureau, reports of."""
    return (
        is_government(body.key) and Kind.TITLE not in body.kinds and any(title.startswith(body.key) for title in titled)
    )


def _strong_we(said: Evidence) -> str | None:
    """我局, 我镇: what the document calls itself, where that is a body and no place."""
    own = [word for word, _ in said.we.most_common(3) if word not in _OF_PLACE]
    return own[0] if own else None


def _is_told(body: _Body, said: Evidence) -> bool:
    """A name that stands only in weak places must be what the text calls itself, if it does: 我院 is no 局, and who
    answers for 我县 is its government or its office."""
    if body.kinds & {Kind.TITLE, Kind.ANNOUNCED, Kind.QUOTED, Kind.COMPILED}:
        return True
    word = _strong_we(said)
    if word is None and body.kinds <= {Kind.CONTACT, *_SPELLS} and (said.we or _OF_A_WHOLE_PLACE.search(said.text)):
        return is_government(body.key) or is_government_office(body.key)
    return word is None or _is_called(_name(body), word)


def _is_called(name: str, word: str) -> bool:
    return name[-1] in _OF_WE[word] and (word not in ("镇", "乡", "街道", "苏木") or word in name)


def _name(body: _Body) -> str:
    """The body's name as the strongest place spells it, and the fullest spelling of that."""
    spelled = [m for m in body.mentions if m.kind not in _SPELLS] or body.mentions
    ranked = sorted(spelled, key=lambda m: (is_partial(m.name or ""), -m.kind.weight))
    name = ranked[0].name or ""
    fuller = [m.name for m in ranked if m.name and is_fuller(m.name, name) and not _answers_for(m, name)]
    return max(fuller, key=len) if fuller else name


def _answers_for(mention: Mention, name: str) -> bool:
    """An office that answers for a place does not spell its government."""
    return mention.kind is Kind.CONTACT and is_region(name)
