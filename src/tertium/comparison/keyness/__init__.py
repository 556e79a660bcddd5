"""Terms that one group of sources has more often than another.

Comes in: sentences of counted sources in one language. Goes out: a list of terms.
"""
