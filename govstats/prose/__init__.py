"""Paragraphs → Claims: what the sentences of a report state in figures, by a small grammar; words are in schemas/prose/."""
