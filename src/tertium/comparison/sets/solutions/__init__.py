"""Truth table, solutions with and without remainders, and the assumptions that they make.

Comes in: memberships, an outcome, conditions and cut-offs. Goes out: rows, models and their fit.
"""
