"""The warm handover: letting a case go and taking one on.

Imported by `rights`; imports `plan`, `sync` and `dossier`.
"""
