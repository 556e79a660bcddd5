"""Agreement on where something stands in a text, and on what it is called.

Comes in: spans by coder on continua, one a source.
Goes out: coefficients; every one names its year and family, as others share the names.
"""
