"""Who works on this laptop: joining, opening a vault, preferences, practice, the report for an administrator.

Imported by `suite`; imports `interview`, `dossier`.
"""
