"""Sources, schemes and a coder's name come in, and what the coder does with mouse and keys.

Lines of the coder's log go out, and the codings and readings that they amount to.
"""
