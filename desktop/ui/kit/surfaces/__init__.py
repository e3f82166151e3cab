"""Surfaces that hold words and controls: book, card, sheet, banner, timeline.

Imported by every page; imports the other parts of `kit`.
"""
