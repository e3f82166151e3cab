"""The decision of the municipality (PIP) on paper: the letter with what is decided, why, until when, and objection.

May import nothing beside it but what every document shares; imported by `desktop.documents` alone.
"""
