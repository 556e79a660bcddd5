"""Comparative studies of labour organising, with every number led back to its passages.

Comes in: sources, schemes and a study file.
Goes out: the names that notebooks use; nothing inside the package imports from here.
"""

from tertium.coding.classify import classify
from tertium.coding.coder import code
from tertium.schemes.read import read_scheme
from tertium.sources.read import read_sources

__version__ = "0.1.0"

__all__ = ["classify", "code", "read_scheme", "read_sources"]
