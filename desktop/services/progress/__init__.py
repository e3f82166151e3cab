"""What is recorded of a person once the municipality has the case: written, corrected, withdrawn, taken back.

May import `pip`, `plan`, `interview`, `caseload` and `dossier`; no other use case imports it.
"""
