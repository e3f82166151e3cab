"""The window of an open vault: bar, pages, status line, synchronisation.

Imported by the window; imports the pages through `page_table`.
"""
