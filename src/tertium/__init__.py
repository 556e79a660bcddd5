"""Comparative studies of labour organising, with every number led back to its passages.

Comes in: sources, schemes and a study file.
Goes out: the names that notebooks use; nothing inside the package imports from here.
"""

__version__ = "0.1.0"

__all__ = ["__version__"]
