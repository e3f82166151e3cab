"""Messages of the command line for form writers: the files it is given, and the scripts that try a form out."""

from collections.abc import Mapping

from desktop.i18n.mark import N_

MESSAGES: Mapping[str, str] = {
    "form.kind_needed": N_("Standard input has no name that says what it is. Say it with --kind, such as --kind md."),
    "form.no_file": N_("There is no file {file}. Check its name and the folder you are in."),
    "form.unknown_ending": N_(
        "The name of {file} does not say what kind of form it is. Use md, xlsx, xls, csv or xml, or say it with --kind."
    ),
    "script.no_repeat": N_("{place} is not a repeat, so it has no rows. Name the repeat, such as kind."),
    "script.no_steps": N_(
        "This script has no steps. Add a table with the columns step, at and value, or a list of steps in JSON."
    ),
    "script.nothing_to_undo": N_("There is nothing to undo before this step. Take the step out of the script."),
    "script.place_needed": N_("The step {step} needs a question. Write its name in the column at."),
    "script.too_late": N_("The step {step} sets up the interview. Move it before the first answer."),
    "script.too_long": N_("This script has too many steps. Split it into several scripts."),
    "script.two_places": N_(
        "There are several questions called {place}. Write the group or the repeat before it, such as gezin/naam."
    ),
    "script.unknown_ending": N_("A script is a Markdown or a JSON file. Save {file} with the ending md or json."),
    "script.unknown_place": N_(
        "There is no question called {place} in this form; the nearest name is {near}. Correct the name in the script."
    ),
    "script.unknown_step": N_(
        "There is no step called {step}; the nearest one is {near}. Correct it, or look in the list of docs/forms.md."
    ),
    "script.unreadable": N_("The script cannot be read from this line on. Correct it, or write the steps as a table."),
    "script.value": N_("The step {step} cannot use the value {value}. Correct it; docs/forms.md says what it may be."),
    "script.which_row": N_(
        "{place} lies in a repeat with {rows} rows. Say which row, such as kind[1]/naam, or add a row first."
    ),
}
