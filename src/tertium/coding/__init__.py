"""Sources and schemes come in.

Codings, readings and verdicts go out, each with its span.
"""
