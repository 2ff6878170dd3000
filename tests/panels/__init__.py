"""Tests of govstats/panels/."""
