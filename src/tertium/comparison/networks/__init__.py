"""Comes in: statements, that is who claims what of whom, for or against it.

Goes out: a list of them, networks of who stands with whom and against whom, and how they change.
"""
