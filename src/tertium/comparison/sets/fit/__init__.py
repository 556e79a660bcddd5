"""How well memberships fit a claim of necessity or sufficiency, and searches for what fits.

Comes in: memberships in a condition, term or solution, and in the outcome.
Goes out: consistency, coverage, PRI and relevance of necessity; combinations that reach cut-offs.
"""
