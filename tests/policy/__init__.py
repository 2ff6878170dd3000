"""Tests of govstats/policy/."""
