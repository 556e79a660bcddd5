"""A coder that learns from labelled texts how far to trust the rules.

Comes in: sources, a scheme, and labels to learn from.
Goes out: a model whose every coefficient can be read, and a coder that applies it.
"""
