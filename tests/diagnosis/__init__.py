"""Tests of govstats/diagnosis/."""
