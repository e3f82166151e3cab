"""Painting inside widgets: lines of text, shapes, icons, the focus ring, meters.

Imported by `controls` and `surfaces`; imports `design`.
"""
