"""Who works on this laptop: joining, opening a vault, recovery sheet, preferences, practice, the report of what failed.

May import `interview`, `backups`, `caseload`, `sync` and `dossier`; imported by `suite`.
"""
