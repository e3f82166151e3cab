"""A form: its places, lists, references and texts, compiled once and immutable; and the data nodes they address.

`build` makes one of a definition. May import `document` and `xpath`; imported by every part of `forms` above it.
"""
