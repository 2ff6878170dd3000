"""Tests of govstats/corpus/."""
