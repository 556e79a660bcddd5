"""Which codes go together, and what "together" means.

Comes in: codings and verdicts of two schemes, or of one with itself. Goes out: a table of pairs.
"""
