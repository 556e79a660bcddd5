"""Anything by anything: codes, groups of sources, attributes of cases.

Comes in: the tables of a study and the names of two axes. Goes out: counts, shares, residuals.
"""
