"""A form: its places, lists, references and texts, compiled once and immutable; and the data nodes they address.

Built from a definition by `build`.
Imported by `session`, `workbook`, `check`, `reader` and `script`; imports `document` and `xpath`.
"""
