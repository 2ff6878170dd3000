"""Tests of govstats/serve/."""
