"""Tests of govstats/prose/."""
