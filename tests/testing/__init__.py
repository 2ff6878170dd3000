"""Tests of govstats/testing/."""
