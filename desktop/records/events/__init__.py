"""Events, their envelope and their fold to a view.

Pure: no disk, no keys.
Imported by every part of `records`; imports none of them.
"""
