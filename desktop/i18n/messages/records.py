"""Messages of the journal: the disk, the clock, damaged rows, missing keys."""

from collections.abc import Mapping

from desktop.i18n.mark import N_

MESSAGES: Mapping[str, str] = {
    "records.after_revocation": N_(
        "A laptop that was withdrawn still wrote in this case. It was kept apart and does not count. "
        "Tell your administrator."
    ),
    "records.chain_broken": N_(
        "A part of this case does not follow what was there before and was set aside. Everything else works. "
        "Synchronise to fetch it again."
    ),
    "records.claim_void": N_(
        "A laptop says that it had seen an answer of this case which is not what stands here. That does not count: "
        "all answers are shown, for you to choose. Tell your administrator."
    ),
    "records.claim_waits": N_(
        "Somebody wrote in this case after reading something that has not come in here yet. Until it does, all answers "
        "are shown; synchronise again."
    ),
    "records.clock_jumped": N_(
        "Your answer is saved, but the clock of this laptop went back. Set the right date and time."
    ),
    "records.compartment_unknown": N_(
        "A laptop wrote in a part of this case that does not exist. It was kept apart and does not count. "
        "Tell your administrator."
    ),
    "records.damaged": N_(
        "The file with the cases is damaged and was not changed. Ask your administrator to put back a backup; "
        "what was sent to the server is safe there."
    ),
    "records.disk_full": N_(
        "The disk is full, so this was not saved. What was saved before is safe and can be read. "
        "Free some space, then give the answer again."
    ),
    "records.dossier_unknown": N_("This case is not on this laptop. Synchronise first, or choose another case."),
    "records.event_damaged": N_(
        "A part of this case cannot be read and was set aside. Everything else works. Tell your administrator."
    ),
    "records.input_output": N_(
        "The disk failed, so this was not saved. What was saved before is safe. Try again; if it happens again, "
        "ask your administrator to check the disk."
    ),
    "records.intention_damaged": N_(
        "Something this laptop began (a handover, a backup) cannot be finished: what it kept of it is damaged. "
        "See which handover or backup is not done and do it again; tell your administrator."
    ),
    "records.key_damaged": N_(
        "A key to this case is damaged, so a part of it cannot be read. Everything else works. "
        "Synchronise to fetch the key again, or put back a backup."
    ),
    "records.locked": N_(
        "Another program holds the file with the cases. Close it (a backup, perhaps), then try again."
    ),
    "records.newer_version": N_(
        "The cases were kept by a newer version of Opmaat and were left as they are. Install the newest version."
    ),
    "records.no_access": N_(
        "Opmaat may not open the file with the cases. Ask your administrator for access to the folder."
    ),
    "records.no_key": N_(
        "This part of the case is closed to this laptop. Ask the organisation that holds it to share it with you."
    ),
    "records.piece_damaged": N_(
        "The content of a file in this case is damaged, so it is not shown. The case itself is safe. Remove the file "
        "and add it again, or ask who added it."
    ),
    "records.piece_newer": N_(
        "A file in this case was sealed by a newer version of Opmaat. Install the newest version to open it."
    ),
    "records.read_only": N_("The disk can only be read, so this was not saved. What was saved before is safe."),
    "records.row_damaged": N_(
        "A part of this case is damaged and was set aside. Everything else works. Synchronise to fetch it again."
    ),
    "records.event_too_large": N_(
        "This is too long to be sent, so it was not kept. Make it shorter, or add it as a file."
    ),
    "records.row_fork": N_(
        "Two versions of one part of this case came in; the first was kept. Tell your administrator: "
        "a laptop may have been restored from an old backup."
    ),
    "records.after_handover": N_(
        "Something was written in this case after it was handed over. It is kept apart; ask the one who wrote it."
    ),
    "records.epoch_ahead": N_(
        "A key of this case came before the step it belongs to. It is fetched again; synchronise once more."
    ),
    "records.giver_not_member": N_(
        "A key came from an organisation that is not in the case, and is not used. Tell your administrator."
    ),
    "records.membership_unknown": N_(
        "Who is in this case is not known here yet, so it is kept apart. Synchronise, or ask your administrator."
    ),
    "records.not_member": N_(
        "An organisation that is not in this case wrote in it or was to get its keys; it was refused. "
        "Tell your administrator."
    ),
    "records.row_gap": N_("A part of this case has not come in yet. It appears once the rest does; synchronise again."),
    "records.row_newer": N_(
        "A part of this case was written by a newer version of Opmaat. Install the newest version to read it."
    ),
    "records.row_repaired": N_("A damaged part of this case was replaced by a good copy. There is nothing to do."),
    "records.row_too_large": N_(
        "A part of this case is too large to be right and was refused. Tell your administrator."
    ),
    "records.snapshot_damaged": N_(
        "A summary of this case for the list of people was damaged. There is nothing to do: "
        "it is made anew from the case."
    ),
    "records.statement_damaged": N_(
        "What was said about who is in this case is damaged from one step on, so the steps after it do not count here. "
        "Synchronise to fetch them again, or put back a backup."
    ),
    "records.statement_not_signed": N_(
        "A step in who is in this case is not signed by the laptop it names, so it and what follows do not hold. "
        "Tell your administrator."
    ),
    "records.stream_broken": N_(
        "Something this laptop wrote in this case is damaged, so the case can only be read for now. "
        "Synchronise to fetch the good copy, then go on."
    ),
}
