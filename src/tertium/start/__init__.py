"""A machine and an empty folder come in.

What works here, and a first study that runs, go out.
"""
