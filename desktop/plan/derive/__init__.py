"""From answers, rules and edits to a support plan: goals, weighing, timetable, schedule, checks.

Pure: the same input gives the same plan.
Imports `region`, `law` and `model`; nothing in `plan` imports it.
"""
