"""Where coders differ, and what an adjudicator says of it.

Comes in: the logs of several coders, and decisions with their reasons.
Goes out: a queue of differences, and the lines of the gold or reference that settle them.
"""
