"""What several answer controls share: grids, painted rows, key handling.

Imported by `questions`; imports `kit` and `design`.
"""
