"""What a spreadsheet program leaves in a cell whose formula has no value."""

NOT_COMPUTED = "#…"
"""Stands for a formula that was never computed: the program that wrote the file kept no result of it."""
CELL_ERRORS = frozenset({"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", NOT_COMPUTED})
"""Every text that is no value."""
