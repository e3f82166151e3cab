"""Layouts: nested, flowing, scrolling, centred.

Imported by every page; imports `design`.
"""
