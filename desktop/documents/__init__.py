"""Documents: the one place of typst and ReportLab. A plan in, an accessible, archivable PDF out.

Every document is tagged (PDF/UA-1), archival (PDF/A-2a), and the same bytes for the same input and moment. A letter
that no bundled font has stands as its code point. All raise EnvironmentProblem `documents.…`.
"""

from desktop.documents.decision.decision_data import DecisionDocument, DecisionPaper
from desktop.documents.interview_data import InterviewDocument, InterviewPaper
from desktop.documents.meta import DocumentMeta
from desktop.documents.pdf_documents import (
    INTAKE_REPORT,
    SUPPORT_PLAN,
    PlanDocument,
    Typeset,
    own_copy_pdf,
    recovery_sheet_pdf,
)
from desktop.documents.progress.overview_data import ProgressDocument, ProgressPaper

__all__ = [
    "INTAKE_REPORT",
    "SUPPORT_PLAN",
    "DecisionDocument",
    "DecisionPaper",
    "DocumentMeta",
    "InterviewDocument",
    "InterviewPaper",
    "PlanDocument",
    "ProgressDocument",
    "ProgressPaper",
    "Typeset",
    "own_copy_pdf",
    "recovery_sheet_pdf",
]
