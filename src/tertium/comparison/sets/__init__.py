"""Set-theoretic analysis: which combinations of conditions go with an outcome, case by case.

Comes in: memberships of cases in sets, calibrated by a plan of the study from codings, facts or
values stated case by case.
Goes out: truth tables, solutions with their fit and their cases, and how firm they are, each
number with the passages of its cases.
"""
