"""Controls a person presses or types in.

Imported by `surfaces` and every page; imports `drawing`, `layout` and `typography`.
"""
