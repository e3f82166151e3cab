"""Messages about a region's workbook: each names the cell and what to do with it."""

from collections.abc import Mapping

from desktop.i18n.mark import N_

MESSAGES: Mapping[str, str] = {
    "tables.cell_too_long": N_(
        "A cell in row {row} of the sheet {sheet} is too long. Shorten it, or split it, then try again."
    ),
    "tables.too_large": N_("This workbook is too large. Remove sheets that are not needed, then try again."),
    "tables.unreadable": N_("This file is not a workbook that Opmaat can read. Save it as xlsx or csv and try again."),
    "tables.sheet_twice": N_("The sheet {sheet} is there twice. Remove one of them."),
    "region.unreadable": N_("The region workbook cannot be read ({reason}). Save it as xlsx or csv and try again."),
    "region.sheet_missing": N_("The sheet {sheet} is missing or empty. Add it to the workbook."),
    "region.sheet_unknown": N_("The sheet {sheet} is not known. Correct its name, or remove it."),
    "region.column_missing": N_("Sheet {sheet} has no column {column}. Add it."),
    "region.column_unknown": N_("Sheet {sheet}: the column {column} is not known. Correct its name, or remove it."),
    "region.cell_empty": N_("Sheet {sheet}, row {row}: column {column} is empty. Fill it in."),
    "region.value_wrong": N_("Sheet {sheet}, row {row}: the value in column {column} does not fit. Correct it."),
    "region.name_twice": N_("Sheet {sheet}, row {row}: the name {name} is there twice. Give one of them another name."),
    "region.reference_unknown": N_(
        "Sheet {sheet}, row {row}, column {column}: {name} does not exist. Correct the name."
    ),
    "region.expression": N_(
        "Sheet {sheet}, row {row}, column {column}: the expression is wrong ({reason}). Correct it."
    ),
    "region.health_question": N_(
        "Sheet {sheet}, row {row}, column {column}: {name} is a question about health, and the plan is shared. "
        "Use another question."
    ),
    "region.wrong_interview": N_(
        "Sheet {sheet}, row {row}: this workbook is made for interview {interview}, version {version}. "
        "Ask for the workbook that fits this interview."
    ),
}
