"""A dossier in forms that other programs take: OpenRosa submissions with their files, and the audit log of ODK.

May import `interview` and `dossier`; imported by the command line.
"""
