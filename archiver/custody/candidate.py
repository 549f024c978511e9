"""A record whose disposal is asked about, and what is answered when it may not go."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from archiver.catalogue import batches, documents, keepings
from archiver.catalogue.batches import Batch, State
from archiver.catalogue.series import files_of
from archiver.catalogue.store import Connection
from archiver.core.errors import N_, Refused
from archiver.core.model import Document, DocumentId
from archiver.core.proof import canonical
from archiver.custody.person import same
from archiver.custody.standing import Facts
from archiver.custody.tombstone import already_gone
from archiver.judge.disposal import Approval
from archiver.judge.evaluate import Answer
from archiver.vault.vault import Vault

_ANEW = N_("appraise it anew: archiver retain reject {batch} --reason TEXT, then appraise")
_ONCE_APPROVED = {
    "ALREADY_IN_REVIEW": _ANEW,
    "NOT_APPROVED": _ANEW,
    "NOT_IN_REVIEW": N_("it is approved: archiver retain destroy {batch} --witness LOGIN"),
}
"""What to do about these where the batch is approved already."""
SEE_WHY = N_("see why with: archiver retain explain {document}")
_REFUSALS: Mapping[str, tuple[str, str]] = {
    "HELD": (N_("a hold covers {document}"), N_("see it with: archiver hold list")),
    "NOT_DUE": (N_("{document} must be kept through {last}"), SEE_WHY),
    "UNSCHEDULED": (N_("no rule says how long {document} is kept"), SEE_WHY),
    "AWAITING_TRIGGER": (N_("the period of {document} has not begun"), SEE_WHY),
    "EXCEPTION": (N_("something that {document} is kept by is missing or undecided"), SEE_WHY),
    "PERMANENT": (N_("{document} is kept for ever"), SEE_WHY),
    "INTEGRITY_INCIDENT": (
        N_("{document} was found damaged, and nobody has closed the incident"),
        N_("see it with: archiver incident list"),
    ),
    "CLOCK_ANOMALY": (
        N_("the clock of this machine cannot be trusted today"),
        N_("see what is wrong: archiver clock show"),
    ),
    "GRACE_PERIOD": (N_("it is too soon for {document}"), SEE_WHY),
    "ALREADY_IN_REVIEW": (
        N_("{document} is being appraised already, in batch {batch}"),
        N_("another person approves it: archiver retain approve {batch}"),
    ),
    "NOT_IN_REVIEW": (
        N_("no appraisal of {document} is under way"),
        N_("begin one: archiver retain appraise {document}"),
    ),
    "SAME_PERSON": (
        N_("you appraised {document} yourself: another person must approve it"),
        N_("whoever that is types, under a login of their own: archiver retain approve {batch}"),
    ),
    "NOT_APPROVED": (
        N_("nobody has approved that {document} be destroyed as it is now"),
        N_("appraise it, and let another person approve it"),
    ),
    "COOLING_OFF": (
        N_("the approval of {document} must rest for {days} days"),
        N_("destroy it from {first} on"),
    ),
    "APPROVAL_EXPIRED": (
        N_("the approval of {document} is older than {valid} days"),
        _ANEW,
    ),
    "WITNESS_REQUIRED": (
        N_("a destruction needs a witness other than who carries it out"),
        N_("name one: --witness LOGIN"),
    ),
    "USE_DISPOSITION_WORKFLOW": (
        N_("nothing is just deleted here; {document} is due, so it can be appraised"),
        N_("begin with: archiver retain appraise {document}"),
    ),
    "RETENTION_ACTIVE": (N_("{document} must be kept; nobody can delete it"), SEE_WHY),
    "WOULD_SHORTEN": (
        N_("{document} is kept longer than that already"),
        SEE_WHY,
    ),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One record whose disposal is decided, with all that is known of it now."""

    document: Document
    files: tuple[Document, ...]
    answer: Answer
    batch: Batch | None
    standing: Approval

    @property
    def line(self) -> str:
        """What two people agree to: these bytes, due on that day by those rules."""
        due = self.answer.due_date
        return canonical(
            {
                "document": self.document.id,
                "sha256": [one.digest for one in self.files],
                "due": due.isoformat() if due else None,
                "rules": list(self.answer.governing_rules),
            }
        )


def candidates(
    vault: Vault, tx: Connection, wanted: Iterable[DocumentId], today: date
) -> tuple[Candidate, ...]:
    """The records, in the order of their ids; a further file means its whole document.

    Raises:
        Refused: one of them is gone.
    """
    named = list(dict.fromkeys(wanted))
    found = {one.id: one for one in documents.some(tx, named)}
    for one in named:
        if one not in found:
            raise already_gone(one)
    heads = {one.joined_to or one.id for one in found.values()}
    papers = sorted(documents.some(tx, heads), key=lambda one: one.id)
    further = files_of(tx, heads)
    facts = Facts(vault, tx, today, heads)
    batch_of = {one.document: one.batch for one in keepings.every(tx, heads) if one.batch}
    known = {one: batches.get(tx, one) for one in {*batch_of.values()}}
    standing = {one: _standing(vault, tx, batch) for one, batch in known.items()}
    return tuple(
        Candidate(
            document=one,
            files=(one, *further.get(one.id, ())),
            answer=facts.answer(one),
            batch=known.get(batch_of.get(one.id, "")),
            standing=standing.get(batch_of.get(one.id, ""), Approval(None, None)),
        )
        for one in papers
    )


def _standing(vault: Vault, tx: Connection, batch: Batch | None) -> Approval:
    """Who appraised a batch, whatever account that was, and when it was approved."""
    if batch is None:
        return Approval(None, None)
    return Approval(same(vault, tx, batch.appraised_by), batch.approved_on)


def refuse(code: str | None, one: Candidate, vault: Vault, **told: object) -> None:
    """Answer with a published code, if there is one.

    Raises:
        Refused: there is.
    """
    if code is not None:
        raise refusal(code, one, vault, **told)


def refusal(code: str, one: Candidate | None, vault: Vault, **told: object) -> Refused:
    """A published code in a sentence that says what to do next; `one` is None for any record."""
    if one and code == "ALREADY_DESTROYED":
        return already_gone(one.document.id)
    message, hint = _REFUSALS[code]
    if one and one.batch and one.batch.state is State.APPROVED:
        hint = _ONCE_APPROVED.get(code, hint)
    terms = vault.settings.retention
    known: dict[str, object] = {
        "days": terms.cooling_off_days,
        "valid": terms.approval_valid_days,
    }
    if one:
        known["document"] = one.document.id
        known["last"] = one.answer.retain_through
        known["batch"] = one.batch.id if one.batch else ""
    return Refused(code, message, hint=hint, **{**known, **told})
