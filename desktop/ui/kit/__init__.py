"""The parts every screen is made of. Each takes a `Theme` first and follows it when colours or text size change.

They know neither pages nor use cases. Imported by every page; imports `design` alone.
"""
