"""From answers, rules and edits to a support plan: goals, weighing, timetable, schedule, checks.

Pure: the same input gives the same plan.
May import `region`, `law` and `model`, and nothing in `plan` imports it; imported by `documents` and `services`.
"""
