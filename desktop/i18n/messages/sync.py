"""Messages of joining a server, exchanging with it, and handing a case over."""

from collections.abc import Mapping

from desktop.i18n.mark import N_

MESSAGES: Mapping[str, str] = {
    "enrol.chain_broken": N_(
        "The server did not recognise the invitation of this laptop. Ask your administrator for a new invitation."
    ),
    "enrol.device_taken": N_(
        "The server knows another laptop under the number of this one. Ask your administrator for help."
    ),
    "enrol.organisation_unknown": N_(
        "This server does not know your organisation. Ask your administrator whether the invitation is for this server."
    ),
    "membership.forked": N_(
        "A colleague took another step in this case first. Look at the case again, and choose anew."
    ),
    "membership.gap": N_(
        "The server lacks an earlier step of a case. It waits here, and goes on once the other laptop has synchronised."
    ),
    "membership.given_up": N_(
        "A step of a handover was not carried out, because somebody was first or the server could not take it. "
        "Look at the case on the handover page, and take the step again if it is still needed."
    ),
    "membership.log_full": N_(
        "This case was handed over and back so often that no further step fits in it. It stays where it is. "
        "Agree by telephone who goes on, and begin a new case there from the own copy."
    ),
    "membership.too_many_streams": N_(
        "More than {count} laptops wrote in this case, which is more than a handover can name. It stays where it is. "
        "Begin a new case from the own copy."
    ),
    "membership.not_yours": N_(
        "The other organisation has to take this step. Wait for it, or call your colleague there."
    ),
    "membership.recipient_unknown": N_(
        "The server does not know this organisation yet. Ask your administrator to add it, then hand over again."
    ),
    "membership.wrong_step": N_(
        "This handover has moved on in the meantime. Synchronise, then look at the case again."
    ),
    "sync.answer_broken": N_(
        "The server gave an answer that Opmaat does not understand. Everything is kept on this laptop. "
        "Try again later, or ask your administrator."
    ),
    "sync.certificate_refused": N_(
        "The server could not prove that it is the right one, so nothing was sent. "
        "Does this wifi want you to sign in? Do that first. Otherwise ask your administrator before you go on."
    ),
    "sync.client_newer": N_(
        "The server is older than this Opmaat. You can go on working. Ask your administrator to update the server."
    ),
    "sync.clock_differs": N_(
        "The clock of this laptop differs too much from the server's. Set the date and time, then synchronise again."
    ),
    "sync.device_revoked": N_(
        "This laptop may no longer exchange cases. What is on it stays. Ask your administrator what to do with it."
    ),
    "sync.device_unknown": N_(
        "The server does not know this laptop. Synchronise once more; if it stays so, ask for a new invitation."
    ),
    "sync.foreign_stream": N_("The server refused rows of another laptop. Ask your administrator for help."),
    "sync.busy": N_(
        "The server could not do this now. Everything is kept on this laptop. It is sent at the next synchronisation."
    ),
    "sync.cursor_ahead": N_(
        "The server misses earlier answers of this laptop. Everything is kept here. "
        "Synchronise again, or ask your administrator."
    ),
    "sync.database_away": N_(
        "The server could not do this now. Everything is kept on this laptop. It is sent at the next synchronisation."
    ),
    "sync.entry_damaged": N_(
        "A part of this case has not come in yet. It appears once the rest does; synchronise again."
    ),
    "sync.gap": N_(
        "The server misses earlier answers of this laptop. Everything is kept here. "
        "Synchronise again, or ask your administrator."
    ),
    "sync.message_broken": N_(
        "The server and this laptop do not understand each other. Everything is kept here. "
        "Update Opmaat, then synchronise again."
    ),
    "sync.dossier_erased": N_(
        "A case was erased by your organisation, and the server takes nothing of it any more. "
        "Open Settings, What must be erased. If it is still needed, call your administrator."
    ),
    "sync.method_wrong": N_(
        "The server and this laptop do not understand each other. Everything is kept here. "
        "Update Opmaat, then synchronise again."
    ),
    "sync.no_progress": N_(
        "The server keeps answering without coming to an end, so Opmaat pauses and tries again later. "
        "Everything is kept on this laptop. Tell your administrator."
    ),
    "sync.no_server": N_(
        "This laptop has no server to exchange cases with. Join with an invitation to hand cases over."
    ),
    "sync.not_found": N_("The server does not have this. Synchronise again, or ask your administrator."),
    "sync.not_member": N_(
        "This case is now with another organisation, and the server did not take your last changes to it. "
        "They are kept here. Call your colleague there."
    ),
    "sync.not_opmaat": N_(
        "Something else answered than the server of Opmaat, perhaps the sign-in page of this wifi. "
        "Sign in to the network, then synchronise again."
    ),
    "sync.not_private": N_(
        "The address of the server is not protected, so nothing was sent. Ask your administrator for a new invitation."
    ),
    "sync.proxy_refused": N_(
        "The proxy of this network did not let Opmaat through. Everything is kept on this laptop. "
        "Ask whoever manages your network to allow the server of Opmaat."
    ),
    "sync.proxy_sign_in": N_(
        "The proxy of this network wants a name and a password that Opmaat does not have. "
        "Everything is kept on this laptop. Ask whoever manages your network to let Opmaat through without them, "
        "or to put them in the proxy setting."
    ),
    "sync.proxy_unreadable": N_(
        "The proxy setting of this laptop is not an address, so nothing was sent. Everything is kept here. "
        "Ask whoever manages your network to correct it. It looks like http://proxy.example.nl:8080."
    ),
    "sync.proxy_unsupported": N_(
        "The proxy of this network is of a kind that Opmaat cannot use, so nothing was sent. Everything is kept here. "
        "Ask whoever manages your network for an HTTP or SOCKS 5 proxy."
    ),
    "sync.request_replayed": N_("The server had this message already. Synchronise again."),
    "sync.piece_conflict": N_(
        "The server has other bytes in the place of a file of this laptop. The file is safe here and is not sent. "
        "Remove it and add it again, or ask your administrator."
    ),
    "sync.row_conflict": N_(
        "The server has other bytes in the place of an answer of this laptop, perhaps because the laptop was put back "
        "from a backup. Everything is kept on both sides. Ask your administrator."
    ),
    "sync.segment_not_signed": N_(
        "Answers came without a proper signature and are not used. They stay on the server. Ask your administrator."
    ),
    "sync.server_failed": N_(
        "The server could not do this now. Everything is kept on this laptop. It is sent at the next synchronisation."
    ),
    "sync.server_newer": N_(
        "The server is newer than this Opmaat. Everything is kept here. Update Opmaat to exchange cases again."
    ),
    "sync.signature_wrong": N_(
        "The server did not accept the signature of this laptop. Everything is kept here. Ask your administrator."
    ),
    "sync.too_large": N_(
        "A part of this case is too large for the network or the server and waits here; everything else goes on. "
        "Ask your administrator to allow messages of 4 MiB."
    ),
    "sync.statement_not_signed": N_(
        "A step of a handover came without a proper signature and is not used. Ask your administrator."
    ),
    "sync.unreachable": N_(
        "The server cannot be reached now. You can go on working. Everything is sent when there is a network again."
    ),
}
