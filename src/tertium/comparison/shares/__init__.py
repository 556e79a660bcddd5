"""Shares of codes with their error taken off, and how codes and groups of sources go together.

Comes in: verdicts, codings, readings and plans of a study.
Goes out: tables that say how sure a share or a difference is, or why it can't be said.
"""
