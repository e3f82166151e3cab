"""Typesetting in a process of its own: the call, and the program that answers it.

Imported by the composition root and the start of the program; imports `compiling` only.
"""
