"""The municipality's decision, the personal plan (PIP), with the dates of the law and what DUO receives of it.

May import `plan`, `interview`, `caseload` and `dossier`; no other use case imports it.
"""
