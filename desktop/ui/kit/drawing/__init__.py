"""Painting inside widgets: lines of text, shapes, icons, the focus ring, meters.

May import `typography` and `design`; imported by `controls`, `surfaces` and pages with drawings of their own.
"""
