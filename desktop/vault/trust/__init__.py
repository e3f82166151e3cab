"""Organisations, certificates and chains, invitations, and help when secrets are lost.

Imported by `file` and the vault itself; imports `crypto`.
"""
