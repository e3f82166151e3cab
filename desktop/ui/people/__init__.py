"""The people in this vault: who they are, what comes next, by when.

Imported by `shell` for the page; shows above the list what is damaged.
"""
