"""Messages of bundles on a stick."""

from collections.abc import Mapping

from desktop.i18n.mark import N_

MESSAGES: Mapping[str, str] = {
    "bundle.cancelled": N_(
        "This was stopped. Nothing is left on the stick, and nothing was lost. Start again when you like."
    ),
    "bundle.damaged": N_(
        "This bundle is not whole and was not used. Nothing changed here. Ask the sender to put it on a stick again."
    ),
    "bundle.newer_version": N_(
        "This bundle was made by a newer version of Opmaat and was left as it is. "
        "Install the newest version, then try again."
    ),
    "bundle.no_keys": N_(
        "The keys to this case were given on another laptop of your organisation. Make the bundle on the laptop that "
        "sent the case."
    ),
    "bundle.no_room": N_(
        "There is no room on this stick: {megabytes} MB must be free. Remove something from it, or take another one."
    ),
    "bundle.not_one": N_("This file is not a bundle of Opmaat. Choose a file whose name ends in “.opmaat”."),
    "bundle.not_signed": N_(
        "This bundle does not come from who it says, so it was not used. Nothing changed here. "
        "Call the organisation that you expected it from."
    ),
    "bundle.nothing_shared": N_(
        "There is no case between your organisation and this one. Choose it in the handover and send the case first."
    ),
    "bundle.other_recipient": N_(
        "This bundle is for {organisation} and does not open here. Nothing changed. Give the stick to them, or call "
        "who brought it."
    ),
    "bundle.parts_damaged": N_(
        "{whole} of {parts} parts are whole. Nothing changed here, and what is whole is kept for a week. "
        "Ask the sender to put it on a stick again."
    ),
    "bundle.parts_missing": N_(
        "This bundle has {count} parts. Still missing: {parts}. What was read is kept for a week; go on with the stick "
        "that has the rest."
    ),
    "bundle.sender_unknown": N_(
        "This bundle is from an organisation that yours does not know, so it was not used. Ask your administrator to "
        "add it to the list of partners, and synchronise."
    ),
    "bundle.too_many_parts": N_(
        "This stick is too small: the bundle would need more than {count} parts. Take a larger one."
    ),
    "bundle.unknown": N_("There is no bundle of that number that waits for a stick. Make a new one."),
    "bundle.words_differ": N_(
        "The words are not the same, so this is another bundle than the one the sender has in mind. Nothing changed "
        "here. Call the sender."
    ),
}
