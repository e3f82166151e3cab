"""Looking at a document before it is made.

The pages that will be printed, drawn on the media thread. Imported by the pages that make documents or show files.
"""
