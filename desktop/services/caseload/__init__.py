"""The list of people: one sealed summary and one row per dossier.

May import `sync` and `dossier`; imported by `backups`, which checks the summaries, and by `rights`.
"""
