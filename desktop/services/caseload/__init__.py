"""The list of people: one summary and one row per dossier.

Imported by `backups` and `rights`; imports `sync` and `dossier`.
"""
