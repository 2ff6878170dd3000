"""Tests of govstats/readers/."""
