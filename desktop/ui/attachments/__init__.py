"""Attachments on the screen: adding, the list of a case or a question, and looking at one from memory.

Imported by `interview`, which shows the files of a question, and by `shell` for the page.
"""
