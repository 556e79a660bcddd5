"""Cases against each other, and one case against itself as different voices tell it.

Comes in: cases, the sources that tell them, and what coders found there. Goes out: results.
"""
