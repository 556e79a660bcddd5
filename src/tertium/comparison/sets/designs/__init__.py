"""Cases against cases: Mill's methods, and the most similar and most different ones.

Comes in: memberships of cases, and the sets of a plan with their passages.
Goes out: conditions that cases share, pairs that differ in few or in many, with the passages of
both.
"""
