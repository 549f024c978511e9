"""Every reason code with its sentence: what a person reads in `show --why` or a reason file.

Codes are never translated; the sentences are, and are filled with the facts of the reason.
"""

from collections import defaultdict

from archiver.core.errors import N_
from archiver.core.model import Because
from archiver.declarations.advice import FINDINGS
from archiver.declarations.spoken import spoken
from archiver.declarations.words import translate

_INTAKE = {
    "empty": N_("The file is empty: there is nothing in it. Scan the paper again."),
    "internal_error": N_(
        "The program failed on this file ({error}). The file is safe here; please report it, and"
        " after the next update try: archiver quarantine retry RECEIPT."
    ),
    "not_a_file": N_("This is a link or a device, not a file. Drop the file itself."),
    "path_too_long": N_(
        "The names of the file and of its folders are too long together. Give it a shorter name,"
        " or put it nearer the top."
    ),
    "not_readable": N_("There is no permission to read this file."),
    "not_yet": N_("The file is still in use: {why}. It is taken next time."),
    "still_changing": N_("The file is still being written. It is taken as soon as it rests."),
    "already_filed": N_("These very bytes are archived already: {document}, {path}."),
    "holds_parts": N_("The file held {parts} papers; each has its own outcome."),
    "unfinished": N_(
        "Something has been writing to the file for more than {minutes} minutes without an end."
        " Find out what writes it (a scanner, a copy over the network), stop it, and drop the file"
        " anew once it is whole."
    ),
    "interrupted": N_("Reading it again was cut short. It is tried again by itself."),
    "changed_aside": N_(
        "The file in quarantine is not the one that was dropped: somebody changed it. Put the right"
        " one back from a backup; drop a changed one as a new file."
    ),
    "parts_wait": N_("A part of the file cannot be taken in now. It is tried again next time."),
    "nested_too_deep": N_(
        "The archive lies within other archives or mails, more than {most} deep. Unpack it and drop"
        " what is inside."
    ),
}

_READING = {
    "unsupported_format": N_(
        "This kind of file is not taken (it looks like: {kind}). Open it and save it as PDF, a "
        "photo as JPEG; unpack an archive, or pack it as ZIP; then drop the result. To keep it as "
        "it is: archiver quarantine release RECEIPT --customer NAME."
    ),
    "encrypted": N_(
        "The file is locked with a password. If you know it: archiver quarantine retry RECEIPT"
        " --password. Else ask for one without a password and drop that."
    ),
    "wrong_password": N_(
        "That password does not open the file. Ask for the right one, then: archiver quarantine"
        " retry RECEIPT --password."
    ),
    "unknown_lock": N_(
        "The file is locked in a way that cannot be opened here, even with its password. Open it"
        " with the program it was made with, save it without a password and drop that."
    ),
    "damaged": N_("The file is damaged or cut off ({why}). Scan, copy or export it again."),
    "too_large": N_(
        "The file is too large to be opened safely ({why}). Scan it at 300 dpi, or save it smaller."
    ),
    "too_many_pages": N_("The file has {pages} pages, at most {most} are taken. Split it."),
    "too_many_parts": N_(
        "There are {parts} files in it, at most {most} are taken. Split it, or take out what"
        " belongs here and drop that."
    ),
    "nothing_inside": N_("There are no files in this archive. Ask for it again."),
    "unreadable": N_(
        "The file cannot be opened ({why}). It is tried again by itself; if that fails, copy it"
        " again."
    ),
    "timed_out": N_(
        "Reading the file took more than {seconds} seconds. It is tried again by itself when there"
        " is less to do. If that fails, print it to a new PDF and drop that, or file it unread:"
        " archiver quarantine release RECEIPT --customer NAME."
    ),
    "out_of_memory": N_(
        "Reading the file took more memory than one file may have. It is tried again by itself. If"
        " that fails, split it, or scan it at 300 dpi, and drop that, or file it unread: archiver"
        " quarantine release RECEIPT --customer NAME."
    ),
    "parser_crashed": N_(
        "The file makes readers fail. It is tried once more by itself. If that fails, print it to a"
        " new PDF and drop that, or file it unread: archiver quarantine release RECEIPT --customer"
        " NAME."
    ),
    "ocr_crashed": N_(
        "Recognising the letters failed. It is tried once more by itself; if that fails, scan the"
        " paper anew."
    ),
}

_MATCHING = {
    "unknown_customer": N_(
        "{name} is not a known customer. Add it as one, or say whose the paper is."
    ),
    "no_customer": N_("The paper names nobody we know. Assign it to a customer."),
    "came_with_mail": N_(
        "It came in a mail of {name}, but the paper itself names nobody we know. Accept the"
        " proposal or assign one."
    ),
    "several_customers": N_("The paper speaks for several customers: {names}. Choose one."),
    "customer_conflict": N_(
        "It was dropped for {name}, but the paper itself says otherwise: {read}. Say whose it is."
    ),
    "weak_category": N_("What this paper is, is not clear (best guess: {guess}, {confidence})."),
    "no_text": N_("There is no text on it. Say what it is."),
    "similar_name": N_("A customer with a similar name: {name}."),
    "example_read_otherwise": N_(
        "Category {category}, proof {number}: it is read as {found} ({confidence})."
    ),
    "example_value_otherwise": N_(
        "Category {category}, proof {number}: {name} must be {expected}, read was: {found}."
    ),
    "introduced_by_paper": N_(
        "The paper made {name} a customer: its code {read} has a right check digit, and agrees with"
        " the name."
    ),
    "code_on_paper": N_("The code {read} on page {page} is that of {name}."),
    "name_on_paper": N_("The full name {name} stands on the paper."),
    "named_by_folder": N_("The folder or the operator names {name}."),
    "decided_by_person": N_("A person decided."),
    "category_by_person": N_("A person said what it is."),
    "same_bytes": N_("It is the very same file as {document} of {name}."),
    "unknown_category": N_("{file}: {rule}: there is no category {category}."),
    "corrected_by_person": N_("A person corrected what was read."),
    "word": N_("“{word}” stands in the text ({weight} points)."),
    "word_in_head": N_("“{word}” stands in a heading ({weight} points)."),
    "word_in_name": N_(
        "“{word}” stands in the name of the file or of a folder it lay in ({weight} points)."
    ),
    "laid_out_as_table": N_("It is laid out as a table ({weight} points)."),
    "laid_out_as_form": N_("It is laid out as a form: labels with their values ({weight} points)."),
    "has_seal": N_("A round red seal stands on it ({weight} points)."),
}

_LINKS = {
    "rescan": N_(
        "{document} looks like the same paper scanned at another time: {equal}% of the text is"
        " equal, and of 64 marks of its look {bits} differ."
    ),
    "replaced_by": N_("It was replaced by {document} of {day}."),
    "replaces": N_("It replaced {document}, and is of {day}."),
}

_RETENTION = {
    "counted_from_event": N_(
        "Kept through {retain_through}: {period} from the {pick} {trigger} ({date}, event {event}),"
        " {start}; rule {rule} of {file}; due for review from {due_date}."
    ),
    "counted_from_paper": N_(
        "Kept through {retain_through}: {period} from the date of the paper ({date}), {start};"
        " rule {rule} of {file}; due for review from {due_date}."
    ),
    "rolled_forward": N_("{counted} is a day off: the last day moves to {last}."),
    "calendar_missing": N_(
        "The calendar of {year} is not there: should {counted} be a day off, the last day moves"
        " once rules/calendar/{year}.toml is added."
    ),
    "extended": N_(
        "Kept through {retain_through}: people want it kept that long; due for review from"
        " {due_date}."
    ),
    "awaiting_trigger": N_(
        "Kept: none of these has happened yet: {triggers}; then {period} from the {pick} of them,"
        " rule {rule} of {file}. Enter it with: archiver event add."
    ),
    "awaiting_person": N_(
        "Kept: event {events} was only read off a paper, and a person must confirm it; then"
        " {period} from the {pick} of: {triggers}; rule {rule} of {file}. Confirm it with: archiver"
        " event confirm."
    ),
    "missing_date": N_(
        "Kept: rule {rule} of {file} counts from the date of the paper, and there is none. Find it"
        " on the paper and enter it."
    ),
    "future_paper": N_(
        "Kept: the paper bears the date {date}, which is still to come; rule {rule} of {file}."
        " Correct the date."
    ),
    "future_event": N_(
        "Kept: event {event} ({trigger}) bears the date {date}, which is still to come; rule {rule}"
        " of {file}. Correct the date."
    ),
    "in_decision": N_(
        "Kept: whose it is, or what it is, is not decided yet. See: archiver review list."
    ),
    "no_rule": N_("Kept: no rule is for it. The archivist may add one under rules/retention/."),
    "permanent_by_rule": N_("Kept for ever: rule {rule} of {file}."),
    "permanent_by_flag": N_(
        "Kept for ever: {flag} (event {event}, recorded {recorded}); rule {rule} of {file}."
    ),
    "permanent_by_review": N_("Kept for ever: a review decided so."),
    "could_shorten": N_(
        "By what is known of it today alone it would be kept less long ({instead}). That counts"
        " only when two people approve it."
    ),
    "held": N_(
        "Stopped by hold {holds} (ordered by: {authorities}): nothing of it may be disposed of"
        " until the release."
    ),
    "incident_open": N_("Its file has a damage nobody has settled yet. See: archiver check."),
    "clock_not_trusted": N_(
        "The clock of this computer does not fit the last day known here; everything is worked out"
        " for {day}. What to do about it: archiver clock show."
    ),
    "grace_received": N_("It came in on {day}; nothing may be done about it before {until}."),
    "grace_released": N_(
        "Its hold was released on {day}; nothing may be done about it before {until}."
    ),
    "grace_shortened": N_(
        "Notice runs since {day}, when its keeping was shortened or a backup was put back; nothing"
        " may be done about it before {until}."
    ),
    "erasure_due": N_(
        "Its erasure was asked for. It is due: appraise it next, unless something else stops that."
    ),
    "erasure_statutory": N_(
        "Its erasure was asked for. The law says that it must be kept so long; until then it is"
        " stored and protected, nothing else."
    ),
    "erasure_legal_review": N_(
        "Its erasure was asked for, and no law says that it must be kept: the legal department"
        " must decide. Until then it is stored and protected, nothing else."
    ),
    "removed": N_("It is gone; what is known of it is kept for ever."),
}

_PROOFS = {
    "proof_missing": N_("{file}: rule {rule} carries no proof. Add an example as [[rule.proof]]."),
    "proof_unknown_event": N_(
        "{file}: rule {rule}, proof {number}: nobody knows an event called {event}."
    ),
    "proof_of_others": N_(
        "{file}: rule {rule}, proof {number}: its own rule does not decide here, but: {decides}."
    ),
    "proof_failed": N_(
        "{file}: rule {rule}, proof {number}: {asked} is {found}, expected {expected}."
    ),
    "question_not_understood": N_(
        "queries.toml: query {query}: it cannot be understood from character {at} on."
    ),
    "question_answered_otherwise": N_(
        "queries.toml: query {query}: it does not find {missing}; it finds too: {extra}."
    ),
    "question_near_otherwise": N_(
        "queries.toml: query {query}: the second try does not find {missing}; it finds too:"
        " {extra}."
    ),
    "calendar_of_now": N_(
        "The calendar of {year} is not there, and last days move to a working day: add"
        " rules/calendar/{year}.toml."
    ),
    "never_matched": N_("No rule says how long papers of category {category} are kept for {kind}."),
    "never_starts": N_(
        "{file}: rule {rule}: papers of category {category} would wait for ever for {kind}: none of"
        " these can happen: {triggers}."
    ),
}

SENTENCES: dict[str, str] = {
    **_INTAKE,
    **_READING,
    **_MATCHING,
    **_LINKS,
    **_RETENTION,
    **_PROOFS,
    **FINDINGS,
}
"""Code → English template."""


def sentence(because: Because) -> str:
    """The reason in the chosen language; the bare code when it has no sentence."""
    template = SENTENCES.get(because.code)
    if template is None:
        return because.code
    facts = defaultdict(lambda: "–", {key: spoken(key, fact) for key, fact in because.facts})
    return translate(template).format_map(facts)
