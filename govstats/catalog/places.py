"""An agency's name → the place that it names, by the official divisions; what stands beside decides where several fit.

>>> place_of("云南省昭通市昭阳区民政局").place.code
'530602'
>>> place_of("鼓楼区财政局").place is None, place_of("鼓楼区财政局", beside=["福建省福州市"]).place.code
(True, '350102')
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from govstats.catalog.divisions import Divisions, divisions
from govstats.model.places import Place
from govstats.text.patterns import lazy

_ZONE = lazy(
    r"(?:国家级?)?(?:高新|经开|经济|新区|开发区|工业|产业|保税|综合保税|出口加工|自由贸易|自贸|航空港|临空|空港|旅游度假|风景名胜|示范区|高教|科技园|科学城|循环)"
)
_TAIL = lazy(
    r"(?:局|委|委员会|办|办公室|办公厅|厅|中心|队|院|所|站|处|会|署|海关(?:关区)?|政府|总队|支队|大队|公司|部|厂|社|馆|行|组|联)(?:[（(].*)?$"
)
_BRANCH = lazy(r"(?:局|支队|大队|中心)(.{2,14}?)(?:分局|分中心|执法大队|大队)$")
_TOWNISH = lazy(r"(?:街道|镇|乡)(?:办|人民政府|政府|党|综合|便民|财政|$)")
"""东区街道办事处: no district of its own."""
_NAMED = lazy(r"[一-鿿]{2,10}?(?:自治县|自治旗|县|市|区|旗|州|盟)")
_ZONE_END = lazy(
    r"(?:开发区|高新区|新区|示范区|园区|经开区|度假区|保税区|管理区|景区|库区|林区|灌区|社区|矿区|港区|湖区|实验区|合作区|保护区|产业区|工业区|城区|名胜区|试验区)$"
)
_CORPS = lazy(r"(?:新疆生产建设)?兵团(?:第[一二三四五六七八九十]+师)?|第[一二三四五六七八九十]+师(?=.{2,6}市)")
_CORPS_CODE = "650000"
_OF_THE_BODY = ("市场", "市容", "市政管理", "市政公用", "市政工程", "市政园林", "市政设施", "区域", "县域")
"""吉林市场监管局: the 市 is not the place's."""
_STATE = ("国家", "国务院", "中国", "中华", "全国", "最高")
_CENTRAL = ("部", "总署", "总局", "海关系统")
_PROVINCE_TOO = "吉林"
_MINOR = frozenset(("460302", "460303"))
"""三沙's 西沙区 and 南沙区, which nearly nobody means."""
_BECAME_A_DIVISION = {"500157": (2025, "500000")}
"""两江新区 was a zone of its city before."""


class Found(NamedTuple):
    """`place`: None if no place is named, or several fit; `end`: where its name ends; `candidates`: all that fit."""

    place: Place | None
    end: int = 0
    candidates: tuple[Place, ...] = ()


def place_of(name: str, *, beside: Iterable[str] = (), year: int | None = None) -> Found:
    """The place at the front of an agency's name.

    `beside`: what else names a place (folder, roster, site), nearest first, by name or code; it decides between places
    of one name, and gives the place of names that have none (民政局). `year`: of the report.
    """
    return _found(name, tuple(beside), year)


@lru_cache(maxsize=4096)
def _found(name: str, beside: tuple[str, ...], year: int | None) -> Found:
    return _Reading(divisions(), beside, year).of(name)


class _Reading:
    """One look-up."""

    def __init__(self, known: Divisions, beside: tuple[str, ...], year: int | None) -> None:
        self.known, self.rows, self.beside, self.year = known, known.rows, beside, year

    def of(self, text: str) -> Found:
        start, chain = self._start(text)
        if chain is None:
            return self._without(text)
        end, numbers = chain
        numbers = self._settled(numbers)
        common = text[start:end] in self.known.words.several
        if len(numbers) > 1 or common:
            numbers = self._narrowed(numbers)
            if len(numbers) > 1:
                numbers = [number for number in numbers if self.rows[number].code not in _MINOR]
            if common and not any(self._agrees(numbers, hint) for hint in self.beside):
                return Found(None, end, self._places(numbers))
        return self._one(self._branch(self._before_its_time(numbers), text, end), end)

    def _one(self, numbers: Sequence[int], end: int) -> Found:
        places = self._places(numbers)
        return Found(places[0] if len(places) == 1 else None, end, places)

    def _places(self, numbers: Iterable[int]) -> tuple[Place, ...]:
        return tuple(self.known.place(number) for number in numbers)

    def _start(self, text: str) -> tuple[int, tuple[int, list[int]] | None]:
        """Where the place begins: at once, behind 兵团, or behind a body of the State."""
        chain = self._chain(text, 0, None)
        corps = None if chain else _CORPS.match(text)
        if corps:
            start = corps.end()
            return start, self._chain(text, start, None) or (start, self.known.by_code[_CORPS_CODE])
        if chain is None or text.startswith("中国"):
            for word in self.known.words.state:
                if text.startswith(word):
                    return len(word), self._chain(text, len(word), None) or chain
        return 0, chain

    def _without(self, text: str) -> Found:
        """A zone, or what stands beside a name without a place."""
        for zone in self.known.words.zones:
            at = text.find(zone.name, 0, 12)
            if at in (0, 2, 3):
                return self._one(self.known.by_code[zone.code][-1:], at + len(zone.name))
        if self._is_elsewhere(text):
            return Found(None)
        near = next((numbers for numbers in map(self._hinted, self.beside) if numbers), [])
        return self._one(near, 0)

    def _is_elsewhere(self, text: str) -> bool:
        """Does the name say itself whose it is, though no division has that name (青山县民政局, 国家税务总局)?"""
        if text.startswith(_STATE) or text.endswith(_CENTRAL):
            return True
        if text[:2] in self.known.heads or text[:1] in "省市县区州旗":
            return False
        match = _NAMED.match(text)
        return (
            match is not None and not _ZONE_END.search(match[0]) and not text.startswith(_OF_THE_BODY, match.end() - 1)
        )

    # Reading downwards: 云南省 昭通市 昭阳区.

    def _chain(self, text: str, at: int, above: Sequence[int] | None) -> tuple[int, list[int]] | None:
        if at >= len(text):
            return None
        return self._written(text, at, above) or self._bare(text, at, above)

    def _written(self, text: str, at: int, above: Sequence[int] | None) -> tuple[int, list[int]] | None:
        for length in self.known.written_lengths.get(text[at], ()):
            name = text[at : at + length]
            numbers = self._under(self.known.written.get(name, ()), above)
            end = at + length
            if not numbers or _TOWNISH.match(text, end) or (above is None and _is_zone_board(name, text, end)):
                continue
            deeper = self._chain(text, end, numbers)
            if deeper:
                return deeper
            if not (length > 2 and text.startswith(_OF_THE_BODY, end - 1)):
                return end, numbers
        return None

    def _bare(self, text: str, at: int, above: Sequence[int] | None) -> tuple[int, list[int]] | None:
        for length in self.known.bare_lengths.get(text[at], ()):
            name = text[at : at + length]
            numbers = self._under(self.known.bare.get(name, ()), above)
            if not numbers:
                continue
            end = at + length
            holders = [number for number in numbers if self.rows[number].level != "county"]
            deeper = self._chain(text, end, holders) if holders else None
            if deeper:
                return deeper
            rest = text[end:]
            provinces = [number for number in numbers if self.rows[number].level == "province"]
            if provinces and (name != _PROVINCE_TOO or "厅" in rest or "总队" in rest or rest.startswith("省")):
                numbers = provinces
            if _ZONE.match(rest) and (holders or (above is None and _TAIL.search(rest))):
                return end, numbers if provinces or not holders else holders
            if rest[:2] in self.known.heads and _TAIL.search(rest):
                return end, numbers
        return None

    def _under(self, numbers: Sequence[int], above: Sequence[int] | None) -> list[int]:
        if above is None:
            return list(numbers)
        return [number for number in numbers if any(self._is_under(number, top) for top in above)]

    def _is_under(self, number: int, top: int) -> bool:
        row, over = self.rows[number], self.rows[top]
        if over.level == "province":
            return row.level != "province" and row.code[:2] == over.code[:2]
        return over.level == "city" and row.level == "county" and self._is_in_city(number, over.code)

    def _is_in_city(self, number: int, city: str) -> bool:
        row = self.rows[number]
        return row.code[:4] == city[:4] or any(code[:4] == city[:4] for code in row.successors)

    def _branch(self, numbers: list[int], text: str, end: int) -> list[int]:
        """昭通市生态环境局昭阳分局: of the county."""
        if len(numbers) != 1 or self.rows[numbers[0]].level != "city":
            return numbers
        match = _BRANCH.search(text, end)
        if not match:
            return numbers
        named = (*self.known.written.get(match[1], ()), *self.known.stems.get(match[1], ()))
        below = self._settled(self._under(named, numbers))
        if len(below) > 1:
            below = [number for number in below if self.rows[number].until is None]
        return below if len(below) == 1 else numbers

    # Choosing.

    def _hinted(self, hint: str) -> list[int]:
        if hint.isascii() and hint.isdigit():
            return self._settled(self.known.by_code.get(hint[:6], ()))
        chain = self._chain(hint, 0, None)
        bare = self.known.bare.get(hint, ())
        return self._settled(chain[1] if chain else [n for n in bare if self.rows[n].level != "county"])

    def _agrees(self, numbers: Sequence[int], hint: str) -> bool:
        tops = self._hinted(hint)
        return len(numbers) == len(tops) == 1 and self.rows[numbers[0]].code[:2] == self.rows[tops[0]].code[:2]

    def _narrowed(self, numbers: list[int]) -> list[int]:
        for hint in self.beside:
            tops = self._hinted(hint)
            if len(tops) == 1:
                numbers = self._near(numbers, tops[0])
            if len(numbers) == 1:
                break
        return numbers

    def _near(self, numbers: list[int], top: int) -> list[int]:
        """Those that share the county, else the city, else the province of a place beside."""
        row = self.rows[top]
        direct = row.code[2:4] == "90"
        cut = 2 if row.level == "province" or direct else 6 if row.level == "county" else 4
        for digits in (cut, 4, 2):
            if digits > cut:
                continue
            kept = [number for number in numbers if self.rows[number].code[:digits] == row.code[:digits]]
            if digits == 2 and row.level == "county" and not direct and len(kept) != 1:
                continue
            if kept:
                return kept
        return numbers

    def _settled(self, numbers: Iterable[int]) -> list[int]:
        """A place under two codes or two names is one; with a year, only what was in force then or the year after."""
        found = list(dict.fromkeys(numbers))
        if len(found) > 1 and self.year is not None:
            found = [number for number in found if self._was_in_force(number, self.year)] or found
        if len(found) > 1:
            live = {self.rows[number].code for number in found if self.rows[number].until is None}
            cities = {f"{code[:4]}00" for code in live}
            found = [number for number in found if not self._goes_on(number, live | cities)]
        return found

    def _was_in_force(self, number: int, year: int) -> bool:
        row = self.rows[number]
        return (row.since is None or row.since - 1 <= year) and (row.until is None or year <= row.until)

    def _goes_on(self, number: int, live: set[str]) -> bool:
        """Is it a former place whose successor is among them: 大方县 under its old code, 巢湖市 within 合肥市?"""
        row = self.rows[number]
        return row.until is not None and any(code in live or f"{code[:4]}00" in live for code in row.successors)

    def _before_its_time(self, numbers: list[int]) -> list[int]:
        if len(numbers) == 1 and self.year is not None:
            since, holder = _BECAME_A_DIVISION.get(self.rows[numbers[0]].code, (0, ""))
            if self.year < since:
                return self.known.by_code[holder]
        return numbers


def _is_zone_board(name: str, text: str, end: int) -> bool:
    """东城区管委会: a zone of some city, not Beijing's district."""
    return name[-1] == "区" and name[-2] != "新" and text.startswith(("管委会", "管理委员会"), end)
