"""Who codes what, decided before anybody codes.

Comes in: the sources of a study, names of coders, how many sources and how many of them twice.
Goes out: a plan: a row a source and coder, drawn by strata, the same from the same seed.
"""
