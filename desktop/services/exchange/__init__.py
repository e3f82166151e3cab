"""A dossier as an OpenRosa submission, and its audit trail.

Imported by `rights`; imports `interview` and `dossier`.
"""
