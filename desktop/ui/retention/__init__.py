"""What must be erased, what was, and the backups some of it may still lie in.

Imported by `shell` for the page.
"""
