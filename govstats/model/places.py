"""Place: where an agency sits, by the official divisions."""

from __future__ import annotations

from typing import NamedTuple

from govstats.lang import Text

LEVELS = {
    "province": Text("省级", "province"),
    "city": Text("市级", "city"),
    "county": Text("县级", "county"),
    "town": Text("乡镇", "town"),
}
BODIES = {
    "government": Text("政府", "government"),
    "office": Text("政府办公厅、办公室", "government office"),
    "department": Text("部门", "department"),
    "town": Text("乡镇", "town"),
    "street": Text("街道", "street"),
    "vertical": Text("垂直管理机关", "vertical body"),
    "zone": Text("开发区", "zone"),
    "institution": Text("事业单位", "institution"),
}
"""Kinds of agencies (机关类别), by their names in CONTRACT §1."""


class Place(NamedTuple):
    """An administrative division (行政区划): six digits, for towns nine; `level` province, city, county or town.

    `city` is None under the province itself (the districts of 直辖市, counties that a province administers directly);
    `town` the printed name of a town whose county is known.
    """

    code: str
    province: str
    city: str | None
    county: str | None
    level: str
    town: str | None = None

    @property
    def name(self) -> str:
        """All its names in one, from the province down: 云南省昭通市昭阳区."""
        return "".join(each for each in (self.province, self.city, self.county, self.town) if each)

    def to_dict(self) -> dict[str, str | None]:
        """CONTRACT §5."""
        return {key: getattr(self, key) for key in ("code", "province", "city", "county", "town", "level")}
