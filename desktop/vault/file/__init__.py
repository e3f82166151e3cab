"""The files of a vault: container, contents, slots, lock, backup container.

Imported by the vault itself; imports `trust` and `crypto`.
"""
