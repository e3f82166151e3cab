"""What the own organisation published: its region workbook and logo, kept here, and which version a case goes by.

May import `dossier`; imported by `sync`, `plan` and the administrator's command that publishes.
"""
