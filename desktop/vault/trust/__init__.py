"""Who is believed: organisations and the invitations they sign; and escrow, the help when secrets are lost.

May import `crypto`; imported by `file`, the vault itself, and `server.admin` for the organisation's key file.
"""
