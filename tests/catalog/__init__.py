"""Tests of govstats/catalog/."""
