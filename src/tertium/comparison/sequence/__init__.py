"""Codes in the time of cases.

Comes in: the table of cases and the codes of their sources. Goes out: what came when,
and what next.
"""
