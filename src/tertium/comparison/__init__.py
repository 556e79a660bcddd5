"""The tables of a study come in.

Results go out, each cell with the passages it rests on.
"""
