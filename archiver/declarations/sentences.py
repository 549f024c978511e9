"""Every reason code with its sentence: what a person reads in `show --why` or a reason file.

Codes are never translated; the sentences are, and are filled with the facts of the reason.
"""

from archiver.core.errors import N_
from archiver.core.model import Because
from archiver.declarations.words import translate

_INTAKE = {
    "empty": N_("The file is empty (0 bytes). Scan the paper again."),
    "unsupported_format": N_(
        "This kind of file is not taken (it looks like: {kind}). Save it as PDF and drop that."
    ),
    "encrypted": N_("The file is locked with a password. Save it without one and drop it again."),
    "damaged": N_("The file is damaged or cut off ({why}). Scan or export it again."),
    "too_large": N_("The file is too large to be opened safely ({why}). Scan it at 300 dpi."),
    "too_many_pages": N_("The file has too many pages ({why}). Split it and drop the parts."),
    "timed_out": N_("Reading the file took too long. Print it to a new PDF and drop that."),
    "crashed": N_("The file makes readers fail. Print it to a new PDF and drop that."),
    "internal_error": N_(
        "The program failed on this file ({error}). The file is safe here; please report it."
    ),
    "not_a_file": N_("This is a link or a device, not a file. Drop the file itself."),
    "not_readable": N_("There is no permission to read this file."),
    "not_yet": N_("The file is still in use: {why}. It is taken next time."),
    "still_changing": N_("The file is still being written. It is taken as soon as it rests."),
    "already_filed": N_("These very bytes are archived already: {document}, {path}."),
}

_MATCHING = {
    "unknown_customer": N_("{name} is not a known customer. Accept the proposal or assign one."),
    "no_customer": N_("The paper names nobody we know. Assign it to a customer."),
    "several_customers": N_("The paper speaks for several customers: {names}. Choose one."),
    "customer_conflict": N_(
        "It was dropped for {name}, but the paper itself says otherwise. Say whose it is."
    ),
    "weak_category": N_("What this paper is, is not clear (best guess: {guess}, {confidence})."),
    "no_text": N_("There is no text on it. Say what it is."),
    "similar_name": N_("A customer with a similar name: {name}."),
    "code_on_paper": N_("The code {read} on page {page} is this customer's."),
    "name_on_paper": N_("The full name {name} stands on the paper."),
    "named_by_folder": N_("The folder or the operator names {name}."),
    "decided_by_person": N_("A person decided."),
    "word": N_("“{word}” stands in the text ({weight} points)."),
    "word_in_head": N_("“{word}” stands in a heading ({weight} points)."),
}

_RETENTION = {
    "in_decision": N_("Kept: whose it is, or what it is, is not decided yet."),
    "no_rule": N_("Kept: no rule is for it."),
    "awaiting_trigger": N_("Kept: rule {rule} waits for one of these to happen: {events}."),
    "future_trigger": N_("Kept: rule {rule} has a date that lies ahead, which cannot be."),
    "missing_date": N_("Kept: rule {rule} needs the date of the paper, and there is none."),
    "permanent_by_rule": N_("Kept for ever, by rule {rule}."),
    "permanent_by_event": N_("Kept for ever, by rule {rule}: {type} on {date} (event {event})."),
    "counted": N_(
        "Kept through {last}: {period} from the day after {date} ({type}, event {event}), "
        "rule {rule}; due for review from {due}."
    ),
}

SENTENCES: dict[str, str] = {**_INTAKE, **_MATCHING, **_RETENTION}
"""Code → English template."""


def sentence(because: Because) -> str:
    """The reason in the chosen language; the bare code when it has no sentence."""
    template = SENTENCES.get(because.code)
    if template is None:
        return because.code
    return translate(template).format(**dict(because.facts))
