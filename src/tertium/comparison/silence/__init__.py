"""The register of expectations, readings and verdicts come in.

Silences go out: who says nothing of what could be expected, told apart from what nobody looked for.
"""
