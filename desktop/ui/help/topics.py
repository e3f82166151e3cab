"""What help says about each page: three sentences at most, one of them a hint at the first visit."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.i18n.mark import N_


@dataclass(frozen=True, slots=True)
class HelpTopic:
    """The sentences about one place and the hint for the first visit, blank for none: English msgids."""

    sentences: tuple[str, ...]
    hint: str = ""


TOPICS: Mapping[str, HelpTopic] = {
    "today": HelpTopic(
        (
            N_("Who needs you today, and why: one row a person, the most urgent reason first."),
            N_("Nobody leaves the list by itself: only when it was done, or with a new date and a reason."),
            N_("The bar below counts everybody; press a number to see them."),
        )
    ),
    "people": HelpTopic(
        (
            N_("The list says for each person what comes next and until when. A click or Enter goes there."),
            N_("Search by name or number: marks, spelling and the order of words do not matter."),
            N_("“New dossier” begins a talk. All of it works without the internet."),
        ),
        N_("First time here? F1 explains every page. Ctrl+F searches."),
    ),
    "received": HelpTopic(
        (
            N_("These are the cases another organisation offers to you. Open one to read it and to plan the talk."),
            N_("A case is yours when you accept it. Or send it back with a question."),
        )
    ),
    "settings": HelpTopic(
        (
            N_("Every choice works at once and is kept on this laptop."),
            N_("Make a backup now and then, and have everything checked. Both are below."),
        )
    ),
    "retention": HelpTopic(
        (
            N_("The law says until when a case may be kept. Here is what must be erased."),
            N_("Give the person their own copy first. Erasing asks for the case number and cannot be undone."),
        )
    ),
    "new_person": HelpTopic(
        (
            N_("A name to call the person by is enough."),
            N_("Choose the languages of the person, the best one first. You can change language at every question."),
        )
    ),
    "interview": HelpTopic(
        (
            N_("Your page is Dutch; the person reads along beside it, or on the second screen."),
            N_("“Don't know”, “rather not say” and “ask later” are good answers. Do not press."),
            N_("What you type is kept by itself. Enter goes on; nobody loses anything by leaving."),
        ),
        N_("Enter goes on, F2 changes the second language, F1 explains."),
    ),
    "review": HelpTopic(
        (
            N_("Everything that was said, in both languages. Read it together."),
            N_("What is missing stands at its place. Each line leads to its question, with a click or Enter."),
            N_("Search finds questions, answers and notes in both languages."),
        ),
        N_("Read together what was said. A line leads to its question; F8 to the next one that is missing."),
    ),
    "attachments": HelpTopic(
        (
            N_("Photos, scans and PDFs of this case. Drop them here, paste them, or choose a file."),
            N_("Where and with which device a photo was made is taken out of it."),
        )
    ),
    "plan": HelpTopic(
        (
            N_("Weigh the three routes together, choose goals and the week, then sign."),
            N_("Everything comes from the answers and can be changed. Each goal says from which answers it comes."),
        ),
        N_("First weigh the routes together; then goals, the week, and signing."),
    ),
    "handover": HelpTopic(
        (
            N_("Choose the municipality. What is still missing is listed, each with the way there."),
            N_("You can take the case back until the municipality has it. It is theirs when they accept it."),
        )
    ),
    "progress": HelpTopic(
        (
            N_("What the person says comes first, then the route, then hours, levels, talks and exams."),
            N_("A module or a link with a plus records something. “Everything recorded” corrects it; nothing is lost."),
            N_("Amounts only: nothing here judges a person. Ask for a reason before you conclude anything."),
        )
    ),
    "stick": HelpTopic((N_("No network? The case goes on a stick, sealed: only that municipality can open it."),)),
    "stick_import": HelpTopic(
        (N_("Put the stick in, choose its file, and compare the four words by telephone before you go on."),)
    ),
    "conflict": HelpTopic(
        (N_("Two answers were given without knowing of each other. Ask the person which one is right."),)
    ),
    "attachment": HelpTopic((N_("A copy that you save lies on this laptop unsealed. Erase it when you are done."),)),
    "preview": HelpTopic(
        (
            N_("These are the pages as they are printed. Print them, or save them as PDF."),
            N_("A document on paper or as a file is not sealed: give it to the person, or keep it safe."),
        )
    ),
    "help": HelpTopic((N_("All keys, and what Opmaat is made of. All of it lies on this laptop."),)),
    "start": HelpTopic(
        (
            N_("Open your vault with your passphrase, or begin with an invitation of your administrator."),
            N_("“Practise” shows everything with invented people. Nothing of it is kept."),
            N_("Forgot the passphrase? The words on your recovery sheet open the vault."),
        )
    ),
}
"""By the page; `start` is everything before a vault is open."""
