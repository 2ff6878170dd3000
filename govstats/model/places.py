"""Place: where an agency sits, by the official divisions."""

from __future__ import annotations

from typing import NamedTuple


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
