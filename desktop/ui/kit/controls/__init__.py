"""Controls a person presses or types in.

May import `layout`, `drawing` and `typography`; imported by `surfaces` and every page.
"""
