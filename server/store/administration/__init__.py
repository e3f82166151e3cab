"""What the database keeps for administrators: who may sign in, when a copy was made last, how much is stored.

Imported by the administrator's commands and their page. May import what is below the store; laptops never reach it.
"""
