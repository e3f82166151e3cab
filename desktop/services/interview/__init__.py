"""The interview at the table: cards, answers, conflicts, review, attachments.

Imported by `plan`, `exchange`, `accounts` and `rights`; imports `dossier`.
"""
