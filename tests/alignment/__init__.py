"""Tests of govstats/alignment/."""
