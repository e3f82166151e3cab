"""Documents: the one place of typst and ReportLab. A plan in, an accessible, archivable PDF out."""
