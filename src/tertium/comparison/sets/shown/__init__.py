"""What readers see of a set-theoretic analysis: tables whose numbers lead to the cases' passages.

Comes in: the tables of a study, a plan of it, cut-offs.
Goes out: results on necessity, truth table, solutions, theory and robustness, and points of a plot.
"""
