"""The ground floor: standard library and `protocol` only, imported by every other floor.

Here are changes, addresses, files that are written whole, the log and the collector of garbage.
"""
