"""A region's workbook: read, checked cell by cell, and returned as rules.

What is returned is whole and consistent, or an error names sheet, row and column.
May import `model`; imported by `derive`, `desktop.services` and `bootstrap`.
"""
