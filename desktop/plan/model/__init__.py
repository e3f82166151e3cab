"""The support plan as immutable data: its texts, topics, edits and parts.

No rule of a region or of the law is applied here.
Imported by every part of `plan`; imports none of them.
"""
