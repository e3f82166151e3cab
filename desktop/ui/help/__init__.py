"""Help without a network: what one can do at a place, every key there is, and what the program is made of.

`shortcuts` is the one place where keys are declared, so that help cannot lie. Imported by every page that has a key.
"""
