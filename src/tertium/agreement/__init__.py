"""Verdicts of a coder, and labels that somebody else gave to the same texts, come in.

Measures of how far they agree go out, each with its interval and with what weakens it.
"""
