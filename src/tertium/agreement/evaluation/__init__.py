"""Comes in: labelled texts and a coder's verdicts on them.

Goes out: how far the verdicts can be trusted, with intervals, and where they are wrong.
"""
