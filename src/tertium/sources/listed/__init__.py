"""A manifest and the files that it lists come in.

Sources go out, or every fault at once; originals and extracted texts are put in their place.
"""
