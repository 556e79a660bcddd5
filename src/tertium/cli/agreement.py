"""Verbs for whether codings can be trusted: `agreement`, `assign` and `adjudicate`.

Comes in: a study and the names of its coders.
Goes out: coefficients, plans of who codes what, and decisions where coders differ.
"""
