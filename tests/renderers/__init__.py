"""Tests of govstats/renderers/."""
