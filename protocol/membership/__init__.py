"""What the statements about a dossier mean: who is in it (`state`), and each handover of it (`transfer`). Pure.

May import `messages`; imported by the server and by the laptops.
"""
