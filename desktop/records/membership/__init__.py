"""Who is in each dossier: the signed statements about it, and whose rows and keys count because of them.

Where to look: `membership_records` (kept, taken and accepted), `admission` (what they mean for a row or a key).
"""
