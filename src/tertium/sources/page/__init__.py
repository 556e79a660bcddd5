"""Comes in: the lines of a text. Goes out: each with its zone, furniture of the page among them."""
