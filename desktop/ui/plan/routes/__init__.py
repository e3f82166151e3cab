"""The first step of the plan: the three legal routes side by side.

Imported by the plan page; imports `kit` and `design`.
"""
