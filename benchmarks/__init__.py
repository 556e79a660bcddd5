"""Timings that the documentation quotes: generated inputs come in, tables go out."""
