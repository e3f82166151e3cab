"""What is kept no longer: erasures that organisations tell of, forgetting a dossier for them, and terms that passed.

Imported by the routes, the pages of a feed and the administrator's commands. May import what is below the store.
"""
