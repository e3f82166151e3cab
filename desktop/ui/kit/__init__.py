"""The parts every screen is made of. Each takes a `Theme` first and follows it when colours or text size change.

They know neither pages nor use cases. May import `design`; imported by every page.
"""
