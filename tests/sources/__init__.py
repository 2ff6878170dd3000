"""Tests of govstats/sources/."""
