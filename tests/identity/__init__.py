"""Tests of govstats/identity/."""
