"""An amount in one unit of money → the same amount in another: 元, 万元, 亿元. Nothing else is converted."""

from __future__ import annotations

from decimal import Decimal

_YUAN = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
UNITS = tuple(_YUAN)


def converted(value: float, unit: str, to: str) -> float:
    """`value` in `unit` → in `to`; both are among UNITS. As exact as the decimals of `value`."""
    return float(Decimal(str(value)) * _YUAN[unit] / _YUAN[to])
