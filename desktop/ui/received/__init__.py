"""Cases that another organisation offers to this one: look, receive, accept or return with a question.

Imported by `shell` for the page.
"""
