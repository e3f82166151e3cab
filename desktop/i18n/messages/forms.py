"""Messages of forms, their parts and the scripts that test them."""

from collections.abc import Mapping

from desktop.i18n.mark import N_

MESSAGES: Mapping[str, str] = {
    "form.ambiguous_name": N_(
        "The form means a question called {name}, and more than one is called so. Give each of them its own name."
    ),
    "form.arguments": N_(
        "The function {function} in the form has the wrong number of arguments. Check it in the list of functions."
    ),
    "form.begin_without_end": N_(
        "The group {name} in the form has no end. Add a row that ends it, after its last question."
    ),
    "form.cell_error": N_(
        "A cell of the form holds the error {value} of a spreadsheet program. Correct its formula, or type the text."
    ),
    "form.cell_formula": N_(
        "A cell of the form has a formula without a result. Open the workbook in a spreadsheet program, and save it."
    ),
    "form.cell_unusable": N_("A cell of the form holds what cannot be used there. Empty it, or write it another way."),
    "form.character": N_(
        "A cell of the form holds a character that no text can have. Empty the cell and type its text again."
    ),
    "form.column_name": N_(
        "The column {column} of the sheet {sheet} has a name that cannot be used. Use letters, digits, - and _ only."
    ),
    "form.column_near": N_(
        "The column {column} of the sheet {sheet} means nothing in a form. Call it {near} if that is what it is."
    ),
    "form.cycle": N_(
        "In the form, {path} depends on itself through its own calculation or relevance. Take one of the steps out."
    ),
    "form.default": N_(
        "In the form, {path} begins with the value {value}, which it cannot have. Correct the default or the list."
    ),
    "form.default_language": N_(
        "No column of the form is in {language}, its default language. Write it in the settings as the columns do."
    ),
    "form.doctype": N_("This form file declares a document type, which is not allowed. Save it again without one."),
    "form.entity_list": N_(
        "{list} is not a name for an entity list. Use letters, digits, - and _, and begin with a letter."
    ),
    "form.entity_property": N_(
        "{property} is not a name for a property, or is saved to twice. Give this save_to another name."
    ),
    "form.entity_scope": N_(
        "save_to at {path} has no entity that it belongs to. Declare one on the sheet entities, in the same repeat."
    ),
    "form.entity_version": N_(
        "The form uses entities by specification {version}, which this version of Opmaat does not know. Update Opmaat."
    ),
    "form.duplicate_choice": N_(
        "The list {list} has the choice {value} twice, first in row {first}. Give one of them another name."
    ),
    "form.duplicate_column": N_(
        "The sheet {sheet} has the column {column} twice. Take one of them out, or give it another name."
    ),
    "form.duplicate_name": N_(
        "The name {name} is used twice in the same group, first in row {first}. Give one of them another name."
    ),
    "form.end_without_begin": N_(
        "The row {type} in the form ends nothing that is open. Take it out, or put the row that begins it before it."
    ),
    "form.instance_name": N_("The name of a list in instance() must be a text between quotes. Write it so."),
    "form.language_name": N_("A translation in the form does not say its language. Give it one in its lang attribute."),
    "form.media_column": N_(
        "The file {file} has a column or property that cannot be used as a name, or twice: {name}. Rename it there."
    ),
    "form.media_csv": N_(
        "The file {file} cannot be read as a table at row {row}. Save it as CSV in UTF-8 with the column names first."
    ),
    "form.media_feature": N_(
        "Feature {row} of {file} cannot be used. Leave only points, lines and areas with plain properties in the file."
    ),
    "form.media_geojson": N_(
        "The file {file} is not a GeoJSON collection of features (row {row}). Export it again as a FeatureCollection."
    ),
    "form.media_kind": N_("The form cannot use lists of the kind of {file}. Save it as csv, xml or geojson."),
    "form.media_xml": N_("The file {file} is damaged at row {row}. Save it again as XML, or ask for it again."),
    "form.media_type": N_("{value} is no kind of file to ask for. Write it as image/*, audio/* or application/pdf."),
    "form.missing_file": N_("The form needs the file {file}, which is not there. Put it beside the form, then go on."),
    "form.missing_media": N_(
        "The form shows or plays the file {file}, which is not there. Put it in the media folder beside the form."
    ),
    "form.name_invalid": N_(
        "The name {name} in the form cannot be used. Begin with a letter; after it letters, digits, - and _ may come."
    ),
    "form.name_missing": N_("A question or choice in the form has no name. Fill in its empty cell for the name."),
    "form.never_relevant": N_(
        "In the form, {path} is never asked, because its condition is always false. Correct it, or take the row out."
    ),
    "form.no_choices": N_(
        "jr:choice-name() in the form names {node}, which has no choices. Name a question that has some."
    ),
    "form.no_end": N_(
        "The rules of this form keep changing each other without end, so nothing was changed. Tell the form's writer."
    ),
    "form.no_tables": N_("{file} is an XForm, which has no tables. Choose the workbook it was made from."),
    "form.no_survey": N_("This workbook has no survey sheet with questions. Add one, or choose another file."),
    "form.nodeset_expected": N_(
        "A function in the form at {path} needs the path of a question where a value stands. Put a path there."
    ),
    "form.not_an_xform": N_("This file is not an XForm: model or instance are missing. Choose another file."),
    "form.range_bounds": N_("The {name} of a range in the form is not a number: {value}. Write a number."),
    "form.reference": N_(
        "The form has a reference that is not complete: {expression}. Write it as ${name} with the name of a question."
    ),
    "form.regex": N_("The pattern {expression} in the form is not a valid regular expression. Correct the pattern."),
    "form.submission_method": N_(
        "The form is to be sent by {method}, which is not known. Take it away, or write post."
    ),
    "form.syntax": N_("The form has an expression that is not complete or correct: {expression}. Correct it."),
    "form.too_deep": N_("The form is nested too deeply. Make it flatter, with fewer groups or brackets."),
    "form.too_large": N_("This form file is too large to be a form. Choose another file."),
    "form.too_long": N_("The form has an expression that is too long. Split it into several calculations."),
    "form.translation_missing": N_(
        "The form has no text in {language} for {path}. Fill in the empty cell of that language."
    ),
    "form.type_missing": N_("The question {name} in the form has no type. Fill in the empty cell for its type."),
    "form.unknown_column": N_(
        "The list {instance} has no column {name}. Correct the name, or add the column to the list."
    ),
    "form.unknown_event": N_("The form sets a value on {event} in a place where that never happens. Move it."),
    "form.unknown_function": N_("The form uses a function that does not exist: {function}. Correct its name."),
    "form.unknown_instance": N_("The form uses a list that it does not have: {instance}. Add it to the choices sheet."),
    "form.unknown_list": N_(
        "The form uses the list {list}, which is not in the choices sheet. Add the list there, or correct its name."
    ),
    "form.unknown_name": N_("There is no question called {name} in the interview. Correct the name."),
    "form.unknown_node": N_("The form refers to a question that does not exist: {node}. Correct the name."),
    "form.unknown_type": N_("The form has a question of an unknown type: {type}. Correct the type."),
    "form.unknown_prefix": N_("The form uses a prefix that is not declared: {prefix}. Declare it or take it away."),
    "form.unsupported_axis": N_("The form uses the axis {axis}, which forms cannot use. Write the path another way."),
    "form.value": N_("The function {function} in the form was given a value it cannot use. Check what it is given."),
    "form.workbook": N_("Something is wrong in the sheet {sheet} of the workbook. Correct it there: {reason}"),
    "form.xml": N_("This form file is damaged and was not used. Choose another file, or ask for it again."),
    "forms.constraint": N_("This answer is not possible here. Check it and fill it in again."),
    "forms.document_other_form": N_("This file is a record of another form. Choose the form it was made with."),
    "forms.document_other_version": N_(
        "This record was made with another version of the form. Go through the questions that are new."
    ),
    "forms.document_unknown_node": N_(
        "The record holds an answer to a question the form does not have. Keep the file if you still need that answer."
    ),
    "forms.entity_base": N_("The version of the entity to change is not known. Get the entity list anew."),
    "forms.entity_id": N_("The entity has no valid identifier. Choose an entity from the list again."),
    "forms.entity_label": N_("The new entity has no label. Answer the question that names it."),
    "forms.fixed_repeat": N_("The number of rows follows from another answer. Change that answer instead."),
    "forms.instance_exists": N_("This row is there already. Open it, or add another one."),
    "forms.not_asked": N_("This question is not asked now, because of other answers. Choose another question."),
    "forms.readonly": N_("This answer is worked out from other answers. Change those instead."),
    "forms.required": N_("This question needs an answer. Answer it, or mark it as declined or unknown."),
    "forms.type": N_("This is not a possible answer to this question. Check how it is written."),
    "forms.unknown_language": N_("The form does not speak {language}. Choose one of its languages, or add this one."),
    "forms.unknown_ref": N_("This question is not in the interview any more. Go back to the list of sections."),
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
