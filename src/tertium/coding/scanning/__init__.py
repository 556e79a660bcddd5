"""Patterns and an Arrow column of texts come in: one compiled pass over the UTF-8 bytes.

Flat columns of hits go out, the same as those of the plain `re` route in `coding.match`.
"""
