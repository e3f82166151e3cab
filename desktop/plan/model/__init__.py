"""The support plan as immutable data: its texts, topics, edits and parts.

No rule of a region or of the law is applied here.
May import no other part of `plan`; imported by all of them, and by what shows or prints a plan.
"""
