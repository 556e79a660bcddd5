"""A table comes in: one row a coder, one column a unit, missing where somebody did not code.

A coefficient goes out: its value and parts, or the reason why there is none.
"""
