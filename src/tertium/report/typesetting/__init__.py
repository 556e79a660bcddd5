"""Executed notebooks, codebook and sources come in.

One document goes out, and from it the PDF and the HTML page.
"""
