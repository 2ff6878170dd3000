"""Tests of govstats/cli/."""
