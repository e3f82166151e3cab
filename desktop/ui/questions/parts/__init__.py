"""What several answer controls share: grids, painted rows, key handling.

May import `kit` and `design`; imported by `questions` and by pages that show answers.
"""
