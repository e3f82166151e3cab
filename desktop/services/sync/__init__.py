"""Keeping in step with the municipal server, and what organisations said to each other.

Imported by `caseload` and `handover`; imports `dossier`.
"""
