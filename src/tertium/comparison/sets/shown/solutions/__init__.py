"""Solutions as readers see them: terms with their fit and their cases.

Comes in: an analysis, made with the choices of a call.
Goes out: tables of solutions, terms, assumptions, charts and cases, each with passages.
"""
