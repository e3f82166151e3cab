"""The newcomer's window: a second screen turned to the other side of the table.

Imported by `interview`, whose question it mirrors.
"""
