"""Tests of govstats/correction/."""
