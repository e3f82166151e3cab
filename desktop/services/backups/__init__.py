"""Backups of one vault: made, proven, restored from, and checked.

Imported by `rights`; imports `caseload`.
"""
