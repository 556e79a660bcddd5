"""Files and a manifest come in.

Sources with canonical text, zones, and units with offsets go out.
"""
