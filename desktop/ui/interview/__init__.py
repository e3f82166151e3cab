"""The interview screen: one question at a time, in two languages, with one answer across both.

The presenter asks the use case on the store thread. Imported by `shell` for the page and by `attachments`.
"""
