"""Messages about handing a case over and taking one on."""

from collections.abc import Mapping

from desktop.i18n.mark import N_

MESSAGES: Mapping[str, str] = {
    "handover.under_way": N_("This case is already on its way. Take it back first if it should go elsewhere."),
    "handover.no_goal": N_("Nobody is chosen yet to hand the case over to. Choose an organisation first."),
    "handover.not_complete": N_("The package is not complete yet. Finish what is listed, then try again."),
    "handover.not_told": N_("The person has not been told who gets which data. Tell it, and tick it in the list."),
    "handover.not_prepared": N_("The package is not ready yet. Make it ready first, then send it."),
    "handover.not_sent": N_(
        "There is nothing to take back. The case was not sent, or it is back already; look at the steps above."
    ),
    "messages.empty": N_("There is nothing to keep yet. Write something first."),
    "messages.too_long": N_("This is too long: at most {count} characters. Shorten it, and put the rest in the case."),
    "handover.talk_was_held": N_(
        "This talk of three was held, so it cannot be called off. Plan another one if needed."
    ),
    "handover.no_talk": N_("No talk of three is planned. Plan it first, then save it for the calendar."),
    "handover.received_already": N_(
        "The other organisation has confirmed that it has the case. Ask them to send it back with a question."
    ),
    "handover.accepted_already": N_("The other organisation has accepted the case. Ask them to hand it over to you."),
    "received.not_arrived": N_("Not everything has arrived yet. Nothing is lost; try again when Opmaat is online."),
    "received.wrong_step": N_("This case has moved on in the meantime. Look at its newest state and choose again."),
    "received.reason_missing": N_(
        "The reason is missing. Write down why the case goes back, so that your colleague knows what to do."
    ),
}
