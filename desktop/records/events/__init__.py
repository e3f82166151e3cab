"""Events, their envelope and their fold to a view.

Pure: no disk, no keys. May import no other part of `records`; imported by all of them.
"""
