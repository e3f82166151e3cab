"""Keeping in step with the municipal server, and what organisations said to each other.

May import `content` and `dossier`; imported by `caseload` and `handover`.
"""
