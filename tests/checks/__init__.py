"""Tests of govstats/checks/."""
