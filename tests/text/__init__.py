"""Tests of govstats/text/."""
