"""Comes in: what people and models hold of a source, act by act, and codings written in a table.

Goes out: lines of a log that is only ever added to, and the codings and readings that stand.
"""
