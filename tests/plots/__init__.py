"""Tests of govstats/plots/."""
