"""The bytes of one file in a known format come in.

Its text in plain or Markdown form goes out, or one fault with a remedy.
"""
