"""The project itself: docs, packaging, notebooks, and how its house is built."""
