"""Findings → a sheet of proposals, and a corrected copy of the tables. The source is only ever read."""
