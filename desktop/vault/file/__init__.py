"""The files of a vault and of a backup: container, contents, slots, recovery key, lock, throttle.

No key lies in them in clear.
May import `trust` and `crypto`; imported by the vault itself and by what reads a file before it is opened.
"""
