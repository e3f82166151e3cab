"""Surfaces that hold words and controls: book, card, sheet, banner, timeline.

May import every other part of `kit`; imported by every page.
"""
