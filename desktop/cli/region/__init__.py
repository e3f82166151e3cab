"""What the command line does with the workbook of a region.

Part of the command line; imported by `cli.form_check`.
"""
