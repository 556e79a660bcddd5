"""Notebooks and their parameters come in.

Executed notebooks go out, cleaned of times and paths; what has not changed is not run again.
"""
