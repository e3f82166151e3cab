"""The second step of the plan: goals with who leads when, beside the week.

Imported by the plan page; imports `kit` and `design`.
"""
