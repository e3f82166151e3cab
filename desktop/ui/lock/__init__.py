"""What makes the window forget: no use for a while, sleep, the clipboard; and what keeps half-typed text meanwhile.

Imported by the window alone, after `shell`: pages know nothing of it.
"""
