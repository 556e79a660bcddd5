"""Expressions of sets: A*~B + C, read, written, turned into memberships, and calculated with.

Comes in: text such as "STRIKE*~NGO + ABROAD", or implicants from a minimisation.
Goes out: `Expression`, memberships of cases in it, its negation, its simplest and factored forms.
"""
