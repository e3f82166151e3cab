"""The ground floor: what changed, addresses of questions, files written whole, the log, the garbage collector, assets.

May import the standard library and `protocol` only; imported by every other floor.
"""
