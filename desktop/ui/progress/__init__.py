"""The page of the progress of one person, and the sheets in which it is recorded and corrected.

Imported by `shell` for the page.
"""
