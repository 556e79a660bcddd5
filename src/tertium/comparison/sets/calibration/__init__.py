"""How numbers become memberships: anchors, cuts, grades and ranks, on plain arrays.

Comes in: one number a case, and what the researcher says of them.
Goes out: one membership a case; where a number is missing, none.
"""
