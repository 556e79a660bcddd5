"""Comes in: findings, each a name, a result and what is read off it.

Goes out: in how many runs with one thing changed each of them holds, and which runs break it.
"""
