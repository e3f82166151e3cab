"""Typesetting in a process of its own: the call, and the program that answers it.

A document that takes too long or falls over costs that process, not the application. Imported by whoever chooses how
documents are typeset (`bootstrap`, `services`) and by `__main__`, which is the other process in a packaged program.
"""
