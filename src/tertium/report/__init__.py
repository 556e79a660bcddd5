"""Results, notebooks and parameters come in.

Executed notebooks, PDF and HTML go out.
"""
