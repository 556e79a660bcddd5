"""Verdicts beside labels come in.

Results go out that say how far the verdicts can be trusted, and where they went wrong.
"""
