"""The page of the day: who needs somebody today, and why; nobody falls out of every list.

May import `caseload` and `dossier`.
"""
