"""Texts of every role in every script, and rich text with every character escaped.

Imported by every part of `kit` and every page; imports `design`.
"""
