"""By what an agency is known is told in one order."""

from __future__ import annotations

from collections import Counter

from govstats.identity.decision import whose
from govstats.identity.evidence import Evidence
from govstats.identity.mentions import Kind, Mention


def test_places_of_one_weight_are_told_in_the_order_of_their_kinds() -> None:
    kinds = (Kind.SIGNED, Kind.SUBJECT, Kind.ISSUER, Kind.CONSISTS, Kind.TITLE)
    said = Evidence(tuple(Mention(kind, "青山县教育局") for kind in kinds), (), Counter(), Counter(), "", False)
    assert whose(said).because == (Kind.TITLE, Kind.CONSISTS, Kind.SUBJECT, Kind.ISSUER, Kind.SIGNED)
