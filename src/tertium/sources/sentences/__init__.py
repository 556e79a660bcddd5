"""Comes in: a paragraph in English, Chinese or Russian. Goes out: where its sentences end."""
