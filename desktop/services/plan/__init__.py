"""The support plan of a dossier: its facts, edits, links to answers and documents.

Imported by `handover` and `rights`; imports `interview` and `dossier`.
"""
