"""The handover page: where the case stands, what goes along and why, the talk of three, and what must be done first.

Imported by `shell` for the page.
"""
