"""Text as it is printed: labels, figures of cells, mended characters."""
