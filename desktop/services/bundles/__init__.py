"""Exchange without a network: bundles of the same messages, sealed for one organisation, on a stick.

Where to look: `bundles` (the use cases), `making` and `reading` (what goes in and what becomes of it), `bundle_files`
(the files on a stick), `shared_cases` (what organisations said to each other about cases).
Bytes: docs/formats/bundle.md.
"""
