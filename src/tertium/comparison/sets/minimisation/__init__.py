"""From rows of a truth table to the shortest expressions that say the same.

Comes in: rows to explain, rows that must stay out, and how many values each condition has.
Goes out: prime implicants, and the covers of their chart: all of the least size, or all that hold
nothing superfluous. Pure mathematics: it knows no cases, sets or outcomes.
"""
