"""Messages of the plan, of the region's workbook and of what an organisation publishes."""

from collections.abc import Mapping

from desktop.i18n.mark import N_

MESSAGES: Mapping[str, str] = {
    "plan.unknown_field": N_("This version of Opmaat does not know this part of the plan. Install the newest version."),
    "plan.wrong_value": N_("This does not fit here. Check the date or the choice, then try again."),
    "plan.edit_ignored": N_(
        "A change from another version is not shown ({field}). Install the newest version to see it."
    ),
    "plan.route_not_proposed": N_("No route is proposed yet. Choose one of the three routes."),
    "plan.route_without_for": N_("Route {route} has no reason for it yet. Write at least one."),
    "plan.route_without_against": N_("Route {route} has no reason against it yet. Write at least one."),
    "plan.route_without_reason": N_("Route {route} has no conclusion yet. Write why it fits or does not fit."),
    "plan.deviation_without_reason": N_("The proposal deviates from the learnability test. Write down why."),
    "plan.test_not_taken": N_("The learnability test has no outcome yet. Plan it, or note why it is not needed."),
    "plan.no_goals": N_("The plan has no goals yet. Answer more questions, or add a goal."),
    "plan.goal_without_action": N_("One goal has no action yet. Add a step, or remove the goal."),
    "plan.goal_without_lead": N_("Nobody leads one of the goals yet. Fill in a name."),
    "plan.goal_no_longer_follows": N_(
        "You changed a goal that does not follow from the answers any more. Add it again if it should stay."
    ),
    "plan.region_route_not_chosen": N_(
        "Nobody chose the route of the region yet; the first one stands in. Choose one."
    ),
    "plan.start_not_chosen": N_("Nobody chose the start yet; the first date stands in. Choose one."),
    "plan.start_missing": N_("The route has no start date yet. Choose one."),
    "plan.start_on_free_day": N_("The route starts on a day without lessons. Choose another day."),
    "plan.child_without_care_morning": N_(
        "{child} is at home on {weekday} morning while there is a lesson. Arrange care, or move the half-day."
    ),
    "plan.child_without_care_afternoon": N_(
        "{child} is at home on {weekday} afternoon while there is a lesson. Arrange care, or move the half-day."
    ),
    "plan.statutory_part_open": N_(
        "One part that the law asks for is not done yet ({basis}). Ask it in the interview."
    ),
    "plan.hours_short_lessons": N_(
        "{short} of the {needed} hours of lessons are not planned yet. Say what follows after this route."
    ),
    "plan.hours_short_activities": N_(
        "{short} of the {needed} hours of taking part are not planned yet. Say what follows after this route."
    ),
    "plan.workbook_not_here": N_(
        "This plan goes by version {version} of your organisation's workbook, and that is not on this laptop. "
        "Synchronise first; until then it cannot be signed."
    ),
    "plan.own_words_missing": N_("The person has not added anything in their own words yet. Ask for it."),
    "plan.reaction_missing": N_("The reaction of the person to the plan is not noted yet. Ask whether it is right."),
    "plan.not_agreed": N_(
        "The person says that the plan does not fit yet. Change what should be different, then ask again."
    ),
    "plan.nothing_signed": N_("Nobody has signed this plan yet. Sign it first, then its signed version is here."),
    "plan.version_damaged": N_(
        "The signed version of this plan cannot be read any more. Print the plan as it is now, and sign it anew."
    ),
    "plan.not_read_aloud": N_("The plan has not been read aloud in the person's language yet. Do so before signing."),
    "plan.goal_empty": N_("A goal and each of its steps need a sentence. Write it, or remove the step."),
    "plan.not_ready": N_("The plan cannot be signed yet. Finish what is listed under “Before signing”."),
    "plan.name_missing": N_("A signature needs a name. Write the name of the person who signs."),
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
    "region.colour": N_(
        "Sheet {sheet}, row {row}: this colour cannot be read on white paper. Write a darker one as #RRGGBB, such as "
        "#0F4C5C."
    ),
    "region.line_too_long": N_(
        "Sheet {sheet}, row {row}: the text in column {column} does not fit on one line. Shorten it to {most} "
        "characters."
    ),
    "region.wrong_interview": N_(
        "Sheet {sheet}, row {row}: this workbook is made for interview {interview}, version {version}. "
        "Ask for the workbook that fits this interview."
    ),
    "content.damaged": N_(
        "This workbook is not whole, so it was not used and the one before stays. Ask your administrator for it again."
    ),
    "content.ending": N_("This is not a workbook that can be published. Save it as xlsx or md, then try again."),
    "content.invented_name": N_(
        "Sheet {sheet}: there is a name with “(voorbeeld)” behind it. Those are invented, for practice. Write your own."
    ),
    "content.logo_wrong": N_("The logo cannot be used. Save it as a PNG of at most 64 KiB, then try again."),
    "content.none": N_(
        "There is no workbook of your organisation on this laptop. Synchronise, or read it from a file under Settings."
    ),
    "content.not_fetched": N_(
        "The newest workbook of your organisation did not come along. The one before stays; the next synchronisation "
        "fetches it."
    ),
    "content.not_published": N_("Nothing was published. Mend what is listed, then publish again."),
    "content.not_signed": N_(
        "This workbook is not signed by your organisation, so it was not used. Ask your administrator where it is from."
    ),
    "content.older": N_(
        "This is version {version} of the workbook, and version {newer} is here already. Ask your administrator for "
        "the newest file."
    ),
    "content.other_organisation": N_(
        "This workbook is of another organisation, so it was not used. Ask your administrator for the file of your own."
    ),
    "content.too_large": N_(
        "This file is larger than a workbook may be, so it was not read. Ask your administrator for the right file."
    ),
    "content.version_unknown": N_("This version was never published. See which there are, then choose one of those."),
    "tasks.empty": N_("Something is still missing. Write who does what, then keep it."),
    "tasks.too_long": N_("This is too long: at most {count} characters. Say it shorter."),
    "tasks.past": N_("That day has passed. Choose today or a later day."),
    "tasks.reason_missing": N_("The reason is missing. Write down why, so that a colleague understands it later."),
    "tasks.gone": N_("Somebody else finished or withdrew this in the meantime. Look at the list again."),
    "tasks.too_many": N_("There are {count} open tasks already. Finish or withdraw some first."),
}
