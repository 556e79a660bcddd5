"""The sets of a plan, calibrated case by case, each value with its reason and its passages.

Comes in: the tables of a study and the name of one of its plans.
Goes out: memberships of the cases in scope, and the tables that show how they came to be.
"""
