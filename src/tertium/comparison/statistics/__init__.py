"""The numbers behind tables of shares and differences, on plain arrays.

Comes in: counts, labels and groups.
Goes out: intervals, residuals, effects, tests and corrected shares.
"""
