"""Paths come in.

Bytes go out, and what is written is written whole.
"""
