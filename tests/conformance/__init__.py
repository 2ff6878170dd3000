"""The conformance suite (README.md here), run by this implementation."""
