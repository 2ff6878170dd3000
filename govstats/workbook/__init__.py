"""The bytes of a spreadsheet file → sheets: one module for each format, and what they share."""
