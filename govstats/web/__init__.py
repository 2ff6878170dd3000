"""Web pages: what the reader of pages is made of."""
