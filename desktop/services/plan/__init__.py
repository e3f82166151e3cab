"""The support plan of a dossier: made from its answers, edited, linked to the answers it rests on, printed.

May import `interview`, `content` and `dossier`; imported by `handover` and `rights`.
"""
