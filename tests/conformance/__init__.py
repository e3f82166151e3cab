"""Runs recorded cases of public ODK engines against this one: `python -m tests.conformance DIRECTORY`.

No case is treated on its own: clock and time zone come from the case, a crash is a disagreement, and what a recording
does not hold (a date that was new, a random id) is left out for all cases by the same rules, stated where they are.
"""
