"""Before a vault is open: who works now, joining with an invitation, practising, the recovery key.

Imported by the window, and by `settings` for the pages that both show.
"""
