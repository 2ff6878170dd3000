"""Paragraphs → Claims: what sentences state in figures, by a small grammar; its words are in schemas/prose/."""
