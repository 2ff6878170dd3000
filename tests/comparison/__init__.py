"""Tests of govstats/comparison/."""
