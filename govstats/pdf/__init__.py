"""PDF pages → ink, tables and blocks: the geometry, guards and libraries behind the reader of PDF."""
