"""What makes the window forget: no use for a while, sleep, the clipboard; and what keeps half-typed text meanwhile.

Imported by the window alone; pages hand it their drafts.
"""
