"""The interview at the table: pages of questions, answers and their states, conflicts, review, attachments.

May import `dossier`; imported by `plan`, `exchange` and `rights`.
"""
