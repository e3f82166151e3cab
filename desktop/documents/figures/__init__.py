"""Figures drawn by ReportLab as SVG, at printed size: one drawing for the page and for the screen.

Pure: values in, an SVG out. Imported by `desktop.documents` alone; takes words and colours from it.
"""
