"""Messages of the decision of the municipality (PIP), of what DUO receives of it, and of the progress after it."""

from collections.abc import Mapping

from desktop.i18n.mark import N_

MESSAGES: Mapping[str, str] = {
    "pip.not_yours": N_("Only a municipality decides on the plan (PIP). Hand the case over; the municipality decides."),
    "pip.not_ready": N_("The decision cannot be issued yet. Finish what is listed under “Before issuing”."),
    "pip.nothing_new": N_(
        "This decision was issued already. Change what is to be decided, and its date, then issue it."
    ),
    "pip.nothing_issued": N_("No decision was issued yet. Issue it on the step “Decision (PIP)”; then it is here."),
    "pip.decision_damaged": N_(
        "A decision that was issued cannot be read any more. Look for it on paper, and tell your administrator."
    ),
    "pip.two_values": N_("Two devices filled in something else in the decision. Fill the field in again."),
    "pip.lacks_college": N_("It does not say who decides. Fill in the college of the municipality."),
    "pip.lacks_signer": N_("It does not say who signs for the college. Fill in name and function."),
    "pip.lacks_mandate": N_("The mandate is missing. Fill in which decision of the college gives it."),
    "pip.lacks_address": N_("The address of the person is missing. Fill it in as it stands in the register."),
    "pip.lacks_contact": N_("A contact person is missing. Fill in whom the person can ask."),
    "pip.lacks_reach": N_("It does not say how to reach the contact person. Fill in a number or an address."),
    "pip.lacks_dated": N_("The date of the decision is missing. The three years begin the day after it."),
    "pip.lacks_sent": N_("It does not say when the decision is sent. The weeks for objection begin the day after."),
    "pip.lacks_support": N_("Support and guidance are missing. Write what the municipality does, who and when."),
    "pip.lacks_objection": N_("How to object is missing. Put in the wording of your organisation."),
    "pip.lacks_talks": N_("The number of progress talks is missing. Fill it in."),
    "pip.lacks_pvt_hours": N_("The hours of the participation statement (PVT) are missing. Fill them in."),
    "pip.lacks_map_hours": N_("The hours of work and participation (MAP) are missing. Fill them in."),
    "pip.lacks_route_hours": N_(
        "The estimated hours of the route are missing. The law asks them for asylum status holders."
    ),
    "pip.lacks_literacy": N_("It is not known whether the person needs literacy lessons. Choose A, AA or not needed."),
    "pip.lacks_participation": N_(
        "Decisions under the Participatiewet are missing. Name each that goes along, or tick that there are none."
    ),
    "pip.lacks_vve": N_(
        "What is agreed about early education of {child} is missing. Write place, start and half-days."
    ),
    "pip.lacks_target_group": N_("The target group of DUO is not known. Ask it in the talk; the hours depend on it."),
    "pip.lacks_explained": N_(
        "It is not noted how the decision was explained. Fill in the language and the interpreter."
    ),
    "pip.pvt_too_short": N_("The participation statement takes at least {least} hours. Fill in more."),
    "pip.dated_too_early": N_("The date of the decision lies before the decision of {day}. Choose a later day."),
    "pip.sent_too_early": N_("The decision would be sent before its date. Check both days."),
    "pip.route_change_late": N_(
        "After {day} the route changes only in a special case. Write down why this is one, or keep the route."
    ),
    "duo.before_duty": N_("DUO refuses it: the decision is dated before the duty began. Check both days."),
    "duo.before_plan": N_("DUO refuses it: the decision is dated before an earlier one. Choose a later day."),
    "duo.before_settlement": N_(
        "DUO refuses it: the decision is dated before the person settled in the municipality. Choose a later day."
    ),
    "duo.education_a2": N_("DUO refuses it: level A2 does not go with the education route. Choose B1."),
    "duo.self_reliance_b1": N_(
        "DUO refuses it: level B1 does not go with the self-reliance route. Leave the level out."
    ),
    "duo.first_a2": N_("DUO refuses it: the first decision for the B1 route cannot have level A2. Choose B1."),
    "duo.hours_not_taken": N_("DUO takes hours only for the B1 route of an asylum status holder. Leave them out."),
    "duo.term_is_set": N_("DUO does not take this decision back any more: the term runs. Issue another one instead."),
    "duo.hours_registered": N_(
        "DUO does not take this decision back any more: hours of lessons are there. Issue another one instead."
    ),
    "duo.offer_not_asylum": N_("DUO registers an offer of lessons only for asylum status holders. Send none."),
    "duo.offer_without_plan": N_("DUO registers an offer of lessons only after a decision. Issue it first."),
    "duo.offer_before_plan": N_("DUO registers no offer of lessons from before the decision. Wait for its date."),
    "duo.bsn_wrong": N_("The citizen service number (BSN) is missing or wrong. Look at it in the talk."),
    "duo.registered_otherwise": N_("DUO has something else than what was sent. Ask DUO before you send again."),
    "duo.unreachable": N_(
        "DUO does not answer. It is not known whether it has the decision: look before sending again."
    ),
    "duo.failed": N_("DUO has a problem of its own ({status}). Look later whether it has the decision."),
    "duo.not_private": N_("This address is not safe. Give an address of DUO that begins with https."),
    "duo.certificate_unreadable": N_("The certificate or its key cannot be read. Give files in PEM of PKIoverheid."),
    "duo.oin_wrong": N_("An OIN has twenty digits. Look yours up in the register of Logius, and that of DUO."),
    "duo.refused": N_("DUO refuses the decision. It says: {reasons} Change it, issue it anew and send it again."),
    "duo.not_understood": N_(
        "DUO does not understand the message. Tell who keeps Opmaat: the interface may have changed."
    ),
    "duo.person_unknown": N_("DUO does not know this person for your municipality. Check the number and the link."),
    "duo.message_damaged": N_("This file is no message for DUO that Opmaat can read. Save it again from the case."),
    "duo.answer_damaged": N_("DUO gave an answer that cannot be read. Nothing is certain: ask DUO what it has."),
    "progress.not_yours": N_(
        "Progress is recorded by the municipality that has the case. Accept the case first, or ask who has it."
    ),
    "progress.unknown_entry": N_("This is not in the record any more. Look at the list again; nothing was changed."),
    "progress.day_wrong": N_("The day cannot be read. Type it as 31-12-2026."),
    "progress.day_ahead": N_("This day is still to come. Type the day on which it happened."),
    "progress.period_wrong": N_("The last day comes before the first. Type both again."),
    "progress.number_wrong": N_("This number cannot be right. Type it again."),
    "progress.reason_missing": N_("Say why this counts no more. It stays in the record, with your reason."),
    "progress.level_wrong": N_("This level does not exist. Choose one of the list."),
    "progress.too_long": N_("This text is too long. Shorten it; nothing was kept yet."),
    "attendance.no_rows": N_(
        "This file holds no list. Its first row must name the columns; save it again and choose it."
    ),
    "attendance.column_missing": N_(
        "A column is still missing. Choose which names the person, which the first day, and which hours or half-days."
    ),
    "attendance.nobody": N_("It names nobody. Fill in a case number or V-number, and read the list again."),
    "attendance.nothing": N_("It says neither hours nor half-days. Fill in one of them, or leave the row out."),
    "attendance.unknown": N_("Nobody you follow has this number, or two people have. Look the number up in the case."),
    "progress.nothing": N_("There is nothing to record yet. Fill in at least one line."),
}
