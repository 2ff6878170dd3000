"""The corpora of the benchmarks are what they say: reports that are read, of sites that have little in common."""

from __future__ import annotations

from itertools import islice

import pytest

from benchmarks.corpora import CORPORA, documents
from benchmarks.sites import Site
from govstats.pipeline import attempts
from govstats.sources import Source


@pytest.mark.parametrize("name", CORPORA)
def test_each_corpus_holds_reports(name):
    found = [read for path, data in islice(documents(name, 8), 8) for read in attempts(Source(path, data))]
    whole = [read for read in found if getattr(read, "tables", None) and read.agency and read.year]
    assert len(whole) >= 6


def test_two_sites_have_no_menu_in_common():
    one, other = (set(Site(seed)._group(50)) for seed in (1, 2))
    assert len(one & other) < 25
