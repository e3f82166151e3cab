"""Design tokens, theme, fonts and icons: the one place where the look is written down.

Imported by every screen; imports none of them.
"""
