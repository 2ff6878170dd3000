"""Tests of govstats/display/."""
