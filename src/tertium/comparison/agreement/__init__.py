"""Codings and readings of several coders come in.

Results go out that say how far the coders agree, and on which passages they don't.
"""
