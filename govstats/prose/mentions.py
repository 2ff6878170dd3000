"""Requests by their roles: Passage → Mentions, figures that count requests with the roles that their words allow.

办理 may count what was received, to be done, or done; 受理 the first two.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from govstats.prose.passages import Passage
from govstats.prose.totals import is_left_out
from govstats.prose.unnamed import is_bare, is_of_unnamed_requests
from govstats.prose.words import finder, says, words
from govstats.text.lexicon import one_of
from govstats.text.patterns import lazy

_UNITS = frozenset(["件", "宗", "份", "起", "条", "例", "项", "次", "个", "件次", ""])
_FAR = 400
"""So many characters back a noun tells what a bare verb speaks of."""
_YEAR = r"(?:19|20)\d{2}年度?"
_LAST = rf"(?:[期年]初|上一?年度?|上一?个年度|去年度?|以前年度|往年|{_YEAR})"
_COMING = rf"(?:下一?年度?|下一?个年度|次年度?|明年|{_YEAR})"
_CARRIED = r"(?:结转|转结|转接|转来|转入|遗留|顺延|延续|结存|留存|(?:尚|仍)?未(?:办结|答复|完成|办理完毕)|在办)"
_DUE = lazy(
    rf"{_LAST}[^,，。;]{{0,8}}{_CARRIED}(?!下|到下|至下)|{_CARRIED}(?:的)?(?:上一?年度?|去年)|(?<!不)含结转(?!下|到下|至下|{_YEAR})|{_LAST}转办"
)
_DUE_INSIDE = lazy(
    r"(?:其中)?(?:包含|包括|含|有)(?:了|有)?(?:上一?年度?|上一?个年度|去年度?|往年|以前年度|跨年度?)(?:的|办理|办结|答复|申请|办件|件)*"
)
"""答复 65 件（含上年 11 件，含跨年件 11 件）: carried in, and among what was handled."""
_SETTLED = lazy(
    rf"(?:延续|继续|完成|已)(?:办理|办结|答复|处理)[^,，。;]{{0,12}}{_CARRIED}|(?:办结|答复|办复)[^,，。;含括]{{0,8}}{_CARRIED}"
)
"""延续办理上年结转 5 件: carried in and handled, apart from those that were received and handled this year."""
_NOT_COUNTED_IN = lazy(rf"(?:不|未)(?:含|包含|包括|计)[^,，。;]{{0,8}}{_CARRIED}")
"""答复 92 件(不含上年结转 6 件): told apart from what was received, or from what was handled, this year."""
_OVER_TWO_YEARS = lazy(
    rf"{_LAST}[^,，。;:()\d]{{0,6}}?(?:收到|受理|新收|接收|提出)[^,，。;:()\d]{{0,6}}?[、,，]?[并而但]?[在于]?(?:{_YEAR})"
    r"[^,，。;:()\d]{0,6}?(?:办结|答复|办理|办复)[^,，。;:()\d]{0,10}$"
)
"""2022年收到、2023年办结的 13 件: what was carried in and handled, or was still open."""
_STILL_OPEN = lazy(
    rf"{_YEAR}[^,，。;]{{0,8}}(?:但|而)?(?:尚|仍|还)未(?:办结|答复|完成|办理完毕)|{_YEAR}[末底](?:共)?{_CARRIED}"
)
"""2023年收到但尚未办结, 2023年末结转: carried in or on, by the year that it is."""
_DONE_ITSELF = lazy(
    r"^(?:也|已经?|均|全部|都|皆|按期|按时|及时)+(?:[于在][^,，。;()\d]{1,8}?)?(?:均|全部|都|按期|按时|及时)*(?:办理|办结|答复|处理|办复|完成)"
)
"""上年结转 8 件已全部办结: perhaps told apart from what became of the new ones."""
_NEXT = lazy(
    rf"(?:结转|转结|转接|顺延|延续|延期|转|延|留待|留)(?:至|到|入|于|为)?{_COMING}|下一?年度?(?:继续|再|办)"
    r"|(?:正在|尚在|仍在|还在|正(?![常确式])|尚处于)[^,，。;]{0,8}(?:办理|处理|答复|期限|审核|征求)|在办(?![结理复公])|跨年度?(?:结转|办理|办结|答复)|[期年]末(?:结转|在办|未办|结存|留存)|待(?:办理|答复|回复)|待办(?![理事])|未到(?:答复|办理|办结|法定)?期|未办结|未答复|办理中|尚未(?:办结|答复|办理)|序时进度"
)
_RECEIVED = r"(?:新收|收到|新接收|接收|接到|收办|受理|新增)"
_NEW = lazy(r"新(?:收|接收|受理)|收到")
_DONE = lazy("办结|答复|应办|办理完毕")
_WITH = r"[^,，。;]{0,8}(?:以及|和|及|与|、|加上?|连同)[^,，。;]{0,6}"
_BARE_IN = lazy(r"新(?:收|接收|受理) *\d+ *[件宗份] *[,，、;] *结转 *\d")
"""新收 229 件，结转 6 件: from the year before."""
_TO_COME = lazy(
    r"^[^,，。;\d]{0,14}(?:下一?年度?|下一?个年度|次年度?|明年)[^,，。;]{0,6}(?:办理|办结|答复|回复|处理|办复)"
)
_IN_A_YEAR = lazy(
    rf"^[^,，。;\d]{{0,14}}(?:于|在|至|到|拟)[^,，。;\d]{{0,4}}{_YEAR}[^,，。;]{{0,8}}(?:办理|办结|答复|回复|处理|办复)"
)
"""5 件留至下一年度答复; 5 件于 2025 年 1 月答复, which may be this year or the next."""
_BOTH = lazy(
    rf"{_RECEIVED}{_WITH}{_LAST}[^,，。;]{{0,8}}{_CARRIED}|{_RECEIVED}(?:和|及|与|以及|、)(?:结转|转结)(?:的)?(?:申请)?(?:一?共|[合总]计|\d|$)|{_LAST}[^,，。;]{{0,8}}{_CARRIED}{_WITH}{_RECEIVED}"
)
"""收到和上年结转的申请一共: what was to be done, told in one figure."""
_NOT_TAKEN_ON = lazy(
    r"不(?:作为|再|予以?|按照?)[^,，。;]{0,24}(?:处理|办理|答复|回复|受理)|不作?(?:处理|办理|答复|回复|受理)"
    r"|其[他它](?:情形|情况|方式|原因)处理"
    r"|(?:其[他它]|别的|(?:告知|引导|建议)[^,，。;]{0,12})途径[^,，。;]{0,8}(?:办理|处理|反映|提出|解决)"
)
"""不作为申请处理, 不再处理其申请, 告知通过其他途径办理: results of the form, neither received nor all that was done."""
_ADVISED = lazy(r"建议(?=[^,，。;]{0,12}途径)|(?:征求|听取)(?:权利人|第三[方人])?(?:的)?意见")
"""建议其通过其他途径处理, 因征求第三方意见延期: no proposals, and no opinions."""
_ANSWERED_OF_IT = lazy("其中(?:已|按期|按时)?(?:办结|答复|办理答复)(?:申请)?")
"""新收 132 件，上年结转 8 件，其中已答复 136 件: handled, of both."""
_COMPARED_WITH = lazy(r"^[与同和跟较比](?:上年|去年|上一年|(?:19|20)\d{2}年)")
_ALTOGETHER = lazy("(?:一|总)?共(?:计|有|为)?|[合总]计(?:为)?")
"""收到 141 件，加上上年结转 12 件，共 153 件: to be done."""
_EVERYBODY = lazy(
    r"(?:公民|自然人|个人)[、和及或与]{1,2}(?:企业)?法人(?:(?:以及|或者|[、和及或与])其[他它]组织|(?=的?提[出交]))"
)
"""收到公民、法人和其他组织的申请: those of all who may ask, and of nobody in particular."""
_WHO_ASKS = lazy("(?:不同)?(?:的)?(?:申请人|公民|自然人|法人|市民|群众|企业|单位|主体)")
"""187 个申请人提出的申请 583 件: those who ask, and no requests."""
_MARKS = lazy("[,，;:。、()]")
_WAY = "(?:线[上下]|网[上络站]|现场|当面|信函|邮寄|窗口|电话)"
_ALL_WAYS = lazy(
    rf"{_WAY}[、和及与]?{_WAY}(?:等?(?:渠道|方式|途径|形式))?(?:一?共计?|总共|累计|合计)(?:收|接|受理|办理)"
)
"""线上、线下共收到: by all ways."""
_OF_NEW_ONES = lazy("(?:包括|包含|含|其中)[^,，。;]{0,6}新(?:收|受理|接收)")
"""364 件申请在办，包括本年新收 343 件和上年结转 21 件: on the table, not what is carried on."""
_ALL_TO_DO = lazy("共(?:有)?待办")
"""共有待办申请 125 件，其中上年结转 7 件."""
_BARE_CARRIED = lazy(r"^(?:申请|件|的|尚需|需)*(?:结转|转结|顺延)")


_NEW_OF_THEM = lazy("其中(?:本年度?|当年|今年)?新(?:收|受理|接收|增)(?:的|申请)*")
"""应办申请 440 件，其中新收 419 件: of what was to be done, so that 其中 narrows nothing."""
_STILL = lazy(r"(?:尚|仍|还)(?:有|余|剩)$|(?:其余|余下|剩余|剩下)的?$")
_TO_DO = lazy(
    r"^(?:申请|的)*(?:将|拟|按期|在法定|在规定|法定期限|未到)[^,，。;]{0,14}(?:办理|处理|答复|回复|办结|到期|期限)"
)
"""尚有 5 件在法定期限内办理; 其余 9 件将于期限内答复."""
_ANY_CARRIED = lazy("(?:申请)?(?:结转|转结|转接)(?:的)?(?:申请)?")
"""受理 335 件、结转 16 件: from the year before, or into the next."""


class Mention(NamedTuple):
    """The figure at `at` and the roles that its words allow, the plainest first; `rest`: what is left (其余)."""

    at: int
    roles: tuple[str, ...]
    rest: bool = False


def is_carried_on(said: str) -> bool:
    """结转下年度, 转接下年度: still to be done."""
    return _NEXT.search(said) is not None


def is_not_taken_on(said: str) -> bool:
    """不再处理其申请, 建议通过其他途径处理: a result."""
    return _NOT_TAKEN_ON.search(said) is not None


def is_carried_in(passage: Passage, index: int) -> bool:
    """上年结转 8 件: from the year before, whatever of."""
    return "due" in (roles := _carried(passage.labels[index], _own_tail(passage, index), False)) or "settled" in roles


def is_of_another_class(passage: Passage, at: int, index: int) -> bool:
    """Does it tell the same of requests of one kind or way, in the same sentence?"""
    label, own = passage.labels[at], passage.labels[index]
    beside = passage.sentences[at] == passage.sentences[index] and passage.depths[at] == passage.depths[index]
    return beside and label[-2:] == own[-2:] != "" and (says(label, "narrowed", "channels") or "类" in label)


def is_answered(label: str) -> bool:
    """答复申请 38 件: what was answered, with nothing that is carried on."""
    return _verb(label) == ("handled",)


def mentions(passage: Passage) -> list[Mention]:
    """The figures of a passage that count requests, each with its roles."""
    named = "requests" in passage.signs or ("carried" in passage.signs and is_account(passage.text))
    if not passage.figures or not (named or is_of_unnamed_requests(passage)):
        return []
    found: list[Mention] = []
    for index in range(len(passage.figures)):
        behind = bool(found) and found[-1].at == index - 1
        if (mention := _mention(passage, index, behind)) is not None:
            found.append(mention)
    return found


@lru_cache(maxsize=8)
def is_account(text: str) -> bool:
    """Does it speak of what was carried in, and of what was carried on, or received and answered, as well?"""
    if _DUE.search(text):
        return bool(_NEXT.search(text) or (_NEW.search(text) and _DONE.search(text)))
    bare = _BARE_IN.search(text) and _NEXT.search(text) and _DONE.search(text)
    return bool(bare) or _BOTH.search(text) is not None


def _mention(passage: Passage, index: int, behind: bool) -> Mention | None:
    """Of a figure; `behind`: the one before it is a mention."""
    figure = passage.figures[index]
    if figure.percent or figure.approx or figure.unit not in _UNITS:
        return None
    label, tail = _label(passage, index), _own_tail(passage, index)
    if _COMPARED_WITH.search(label) or _WHO_ASKS.match(passage.tails[index]):
        return None
    rest = label in _LEFT or (says(label, "rest") and not says(label, "not_rest"))
    roles = _carried(label, tail, is_left_out(passage, index))
    if "年" in label and _is_over_two_years(passage.gaps[index]):
        roles = ("settled", "next")
    own = label.removeprefix("其中") if _is_of_all(passage, index, label) else label
    others = says(own, "channels", "ways", "narrowed", "persons", "bodies_asking")
    others = others and not _ALL_WAYS.search(passage.gaps[index])
    if not roles and not others and not is_not_taken_on(label + tail):
        roles = _verb(label) or _counted(label) or _verb_behind(tail)
    if _ANSWERED_OF_IT.fullmatch(label) and index and _is_due(passage.labels[index - 1]):
        roles = ("handled",)
    if not roles and index and _NEW_OF_THEM.fullmatch(label) and _verb(passage.labels[index - 1]) == ("todo",):
        roles = ("new",)
    if roles == ("next",) and _OF_NEW_ONES.search("".join(passage.gaps[index + 1 : index + 2])):
        roles = ("todo",)
    if _ALTOGETHER.fullmatch(label) and index and _carried(passage.labels[index - 1], "", False) == ("due",):
        roles = ("handled",) if _DONE_ITSELF.search(tail) else ("todo",)
    if roles and _ADDED.search(label) and not _is_added(label, behind):
        return None
    if not roles or says(label, "form_results") or not _is_of_requests(passage, index, label, tail):
        return None
    return Mention(index, _with_bracket(passage, index, roles), rest)


def _is_of_all(passage: Passage, index: int, label: str) -> bool:
    """自 2019 年以来收到 2074 件，其中 2023 年新收 574 件; 新收 103 件，其中答复 94 件、结转下年 9 件: 其中 narrows
    nothing but the time, or begins an account."""
    if not label.startswith("其中") or _RECEIVED_IN.match(label):
        return True
    return index + 1 < len(passage.labels) and _carried(passage.labels[index + 1], "", False) == ("next",)


_RECEIVED_IN = lazy(rf"其中(?:{_YEAR}|今年|本年度?)(?:我局|本局|本机关)?(?:共|全年)?(?:新收|收到|受理|接收)")


def _is_over_two_years(said: str) -> bool:
    match = _OVER_TWO_YEARS.search(said.replace(" ", ""))
    years = _YEARS.findall(match[0]) if match else []
    return match is not None and (len(years) == 1 or years[0] != years[-1])


_YEARS = lazy(r"(?:19|20)\d\d(?=年)")


def _is_due(label: str) -> bool:
    """上年结转 8 件, 应办 140 件: carried in, or all that was to be done."""
    return (_carried(label, "", False) or _verb(label)) in (("due",), ("todo",))


_LEFT = ("余", "剩")
_ADDED = lazy("^(?:以上|上述|[两三四]项|两者|三者|等)*(?:合计|共计)(?!.*[收接受办处答回])")


def _is_added(label: str, behind: bool) -> bool:
    """收到 20 件，…收到 4 件，合计 24 件: requests, if those before are; 两项合计 of results, 共计公开信息 are none."""
    return says(label, "requests") or (behind and _PLAIN_TOTAL.fullmatch(label) is not None)


_PLAIN_TOTAL = lazy("(?:以上|上述|[两三四]项|两者|三者)*(?:合计|共计)(?:为|申请)*")


def _label(passage: Passage, index: int) -> str:
    """The words before a figure, without those for everybody who may ask."""
    gap = passage.gaps[index].replace(" ", "")
    if "法人" not in gap or "分别" in gap or not _EVERYBODY.search(gap):
        return passage.names[index]
    return _MARKS.split(_EVERYBODY.sub("", gap))[-1]


def _own_tail(passage: Passage, index: int) -> str:
    """The words behind a figure, unless they belong to the next."""
    return passage.about(index)[len(passage.labels[index]) :]


def _carried(label: str, tail: str, left_out: bool) -> tuple[str, ...]:
    if _BOTH.search(label):
        return ("todo",)
    if _DUE_INSIDE.fullmatch(label):
        return ("due",)
    for said in (label, tail):
        due, coming = _DUE.search(said), _NEXT.search(said)
        if due and not (coming and coming.start() < due.start()):
            if _STILL_OPEN.search(said):
                return ("next", "due")
            if _SETTLED.search(said[: due.end()]):
                return ("settled",)
            apart = _DONE_ITSELF.search(tail) or _NOT_COUNTED_IN.search(said)
            return ("due", "settled") if apart else ("due",)
        if coming:
            return ("todo", "next") if _ALL_TO_DO.search(said) else ("next",)
    if ((left_out or says(label, "rest")) and _BARE_CARRIED.search(tail)) or _TO_COME.search(tail):
        return ("next",)
    if _IN_A_YEAR.search(tail):
        return ("next", "handled")
    if _STILL.search(label) and _TO_DO.search(tail):
        return ("next",)
    return ("due", "next") if _ANY_CARRIED.fullmatch(label) else ()


@cache
def _verbs() -> re.Pattern[str]:
    joined = one_of(words().joined_verbs)
    verb = rf"(?!(?<={one_of(words().not_received_before)})收(?!到))(?:{one_of(words().account)})"
    request = "(?:[^,，。;]{0,24}?(?:申请|公开|信息|件|事项|诉求))?"
    filler = r"(?:了|的|共|数量|总数|总量|数|量|为|达|合计|共计|累计|有|案件|件|:|已|均)*"
    second = rf"(?:(?:{joined})[^,，。;]{{0,4}}?)?(?P<second>{verb})"
    return lazy(rf"(?P<first>{verb})(?:{second})?{request}{filler}$")


def _verb(label: str) -> tuple[str, ...]:
    """The last verb of an account before a figure: 新收, 受理, 收到并答复, 受理办结."""
    match = _verbs().search(label)
    if match is None:
        return ()
    return _both(match["first"], match["second"])


def _both(first: str, second: str | None) -> tuple[str, ...]:
    if second is None:
        return words().account[first]
    return tuple(dict.fromkeys((*words().account[first], *words().account[second])))


def _counted(label: str) -> tuple[str, ...]:
    """登记申请 45 件, 总办件量 40 件: what came, and all that there was, by nouns that others have as well."""
    if "登记" in label and is_bare(label, ("登记申请", "登记公开申请", "登记信息公开申请", "登记政府信息公开申请")):
        return ("new", "todo")
    if "办件" in label and is_bare(label, ("总办件", "办件总", "应办件", "办件合计")):
        return ("todo", "handled")
    return ()


@cache
def _done() -> re.Pattern[str]:
    done = [verb for verb, roles in words().account.items() if roles == ("handled",)]
    return lazy(rf"^[^,，。;]{{0,24}}?(?:{one_of(done)})(?:完毕|完成|到位|办结|完结)?(?:工作)?$")


def _verb_behind(tail: str) -> tuple[str, ...]:
    """18 件按期限答复办结: what became of them. 将予以答复 is still to come."""
    if _done().search(tail) and not tail.startswith("将") and "并将" not in tail and "不予" not in tail:
        return ("handled",)
    return ()


def _is_of_requests(passage: Passage, index: int, label: str, tail: str) -> bool:
    """Does its own clause, or else the last noun before it, speak of requests, and not of petitions, calls or suits?"""
    own = _ADVISED.sub("", label + tail) if "意见" in tail or "建议" in tail else label + tail
    if says(own, "other_matters"):
        return False
    if says(own, "requests") or tail.startswith(_REQUEST) or _BOTH.search(label):
        return True
    start = passage.figures[index].start
    before = _ADVISED.sub("", passage.text[max(0, start - _FAR) : start])
    last = None
    for match in finder("requests", "other_matters").finditer(before):
        last = match
    if last is None:
        first, end = passage.figures[index].end, passage.bounds(start, passage.figures[index].end)[1]
        if says(passage.text[first:end], "requests") and not says(passage.text[first:end], "other_matters"):
            return True
        if is_bare(label) and is_of_unnamed_requests(passage):
            return True
        said = passage.text[passage.bounds(start, end)[0] : end]
        if said.startswith("其中"):
            said = before
        carried = _DUE.search(said) or _NEXT.search(said)
        return bool(carried and is_account(passage.text))
    return last[0] in words().requests


_REQUEST = ("申请", "的申请")


def _with_bracket(passage: Passage, index: int, roles: tuple[str, ...]) -> tuple[str, ...]:
    """98 件(含上年结转 8 件): what was carried in is inside, so that they are not the new ones alone."""
    behind = passage.text[passage.figures[index].end :][:24].lstrip(",，件")
    inside = re.match(
        rf"\(?(?:其中)?(?:包含|包括|含|其中)(?!不)[^,，。;)]{{0,6}}?{_CARRIED}|\(?(?:包含|包括|含)(?:了)?{_LAST}",
        behind,
    )
    if inside and not _NEXT.search(behind[: inside.end()]):
        return tuple(role for role in roles if role != "new") or roles
    return roles


_NOTHING_CARRIED_IN = lazy(rf"无{_LAST}[^,，。;\d]{{0,8}}{_CARRIED}|{_LAST}[^,，。;\d]{{0,8}}无(?:申请)?{_CARRIED}")


_NOTHING_CARRIED_ON = lazy(
    rf"(?<!有)(?:无|没有)(?:申请|办件|件)?(?:需要?)?(?:(?:{_CARRIED}|转)(?:至|到|入)?{_COMING}|跨年度?结转)|[期年]末无(?:结转|结存|留存)"
)


def is_nothing_carried_on(text: str) -> bool:
    """无结转下年度件: what there was is all that was handled."""
    return _NOTHING_CARRIED_ON.search(text) is not None


def is_any_carried_in(text: str) -> bool:
    """上年结转 8 件 …: does it speak of what came from the year before?"""
    return _DUE.search(text) is not None


def is_nothing_carried_in(text: str) -> bool:
    """无上年结转: what was received is all that was to be done."""
    return _NOTHING_CARRIED_IN.search(text) is not None
