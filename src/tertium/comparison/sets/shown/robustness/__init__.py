"""How firm a solution is, as readers see it: other choices, other readings, single values.

Comes in: the tables of a study, a plan, and the choices of an analysis.
Goes out: tables of ranges, of what is left of a solution, and of cases and values that change it.
"""
