"""Looking the interview over before the plan is made.

Imported by `shell` for the page.
"""
