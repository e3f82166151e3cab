"""Texts of every role in every script, and rich text with every character escaped.

May import `design`; imported by `controls`, `surfaces` and every page.
"""
