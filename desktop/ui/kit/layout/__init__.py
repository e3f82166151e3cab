"""Layouts: nested, flowing, scrolling, centred.

May import `drawing`, `typography` and `design`; imported by `controls`, `surfaces` and every page.
"""
