"""The step of the plan in which the municipality decides: the dates of the law and what leads to them.

Imported by `plan` for the step.
"""
