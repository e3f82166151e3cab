"""Documents to go on writing in: the same data as the PDFs, as DOCX (ISO/IEC 29500), by python-docx.

May import what the other documents may. What is signed and sealed is the PDF; a DOCX is a copy to work in and says so.
"""
