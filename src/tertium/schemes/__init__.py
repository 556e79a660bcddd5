"""Scheme files come in.

Frozen, named and versioned schemes of codes go out.
"""
