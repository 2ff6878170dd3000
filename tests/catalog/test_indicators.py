"""schemas/indicators.yaml: each can be made, is of this world, and says what it rests on."""

from __future__ import annotations

from pathlib import Path

import pytest

from govstats.catalog import resources
from govstats.catalog.indicators import indicators
from govstats.catalog.series import harmonised
from govstats.errors import CatalogError

SHIPPED = (resources.schemas() / "indicators.yaml").read_text("utf-8")


@pytest.mark.parametrize("each", indicators().indicators, ids=lambda each: each.key)
def test_a_share_counts_a_part_of_its_denominator_in_every_form(each: object) -> None:
    assert each.forms  # type: ignore[attr-defined]
    assert each.least >= 30  # type: ignore[attr-defined]


def test_what_harmonised_calls_a_break_is_one_of_the_indicators_made_of_it() -> None:
    for each in indicators().indicators:
        of_series = {b.since for term in (*each.above, *each.below) for b in harmonised().breaks_of(term.series.key)}
        assert of_series <= {b.since for b in indicators().breaks_of(each.key)}, each.key


def test_forms_follow_from_the_series() -> None:
    forms = {each.key: each.forms for each in indicators().indicators}
    assert forms["disclosed"] == ("national-2021", "national-2019")
    older = {"national-2014", "fujian-2018", "fujian-2013"}
    assert set(forms["disputes_per_100"]) == {"national-2021", "national-2019", *older}
    assert set(forms["natural_persons"]) == {"national-2021", "national-2019"}
    assert set(forms["answers_denied"]) == older


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("numerator: [granted]", "numerator: [nothing]", "nothing"),
        ("numerator: [granted]", "numerator: [granted/emperor]", "granted"),
        ("key: granted", "key: disclosed", "disclosed"),
        ("kind: rate", "kind: hope", "hope"),
    ],
)
def test_a_faulty_file_is_named_with_what_is_wrong(
    before: str, after: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "indicators.yaml").write_text(SHIPPED.replace(before, after, 1), "utf-8")
    shipped = harmonised()
    monkeypatch.setattr("govstats.catalog.indicators.harmonised", lambda: shipped)
    monkeypatch.setattr(resources, "schemas", lambda: tmp_path)
    with pytest.raises(CatalogError, match=told):
        indicators.__wrapped__()
