"""A region's workbook: read, checked cell by cell, and returned as rules.

What is returned is whole and consistent, or an error names sheet, row and column.
Imported by `derive`; imports `model`.
"""
