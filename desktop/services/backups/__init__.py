"""Backups of one vault: made, proven, restored from; and the check of everything in the vault.

May import `caseload`, `sync` and `dossier`; imported by `rights`, which erases in backups too.
"""
