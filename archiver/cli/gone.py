"""What `archiver show` says of a paper that has left the archive."""

from archiver.catalogue import acts, documents, tombstones
from archiver.catalogue.tombstones import Tombstone
from archiver.cli.agreed import act_row
from archiver.cli.output import Form, Row, Value, paragraph, plain, rows, say
from archiver.cli.words import category_label, handle_of
from archiver.core.errors import N_
from archiver.custody.withdraw import WITHDRAWAL
from archiver.declarations.words import translate
from archiver.vault.vault import Vault

_LINE = N_("{label}: {value}")
_LABELS = {
    "archive_no": N_("Archive number"),
    "category_label": N_("Category"),
    "received": N_("Received"),
    "sha256": N_("SHA-256"),
}


def remembered(vault: Vault, text: str) -> Tombstone | None:
    """The tombstone of the document that a person named; None for one that is there, or is none."""
    handle = handle_of(vault, text)
    with vault.catalogue.read() as tx:
        return None if documents.find(tx, handle) else tombstones.find(tx, handle)


def show_gone(vault: Vault, gone: Tombstone, form: Form) -> None:
    """Say what is remembered of it."""
    row = _row(vault, gone)
    if form is not Form.TABLE:
        rows(form, (), [row])
        return
    withdrawn = row["state"] == "WITHDRAWN"
    told = N_("{document} was withdrawn on {left_on}") if withdrawn else _DESTROYED
    say(told, **row)
    for key, label in _LABELS.items():
        if row[key]:
            say(_LINE, label=translate(label), value=plain(row[key]))
    act = row["act"]
    if isinstance(act, dict):
        paragraph(translate(_LINE).format(label=translate(N_("Reason")), value=act["reason"]))
        say(N_("Proposed by {proposed_by} on {proposed_on} ({act})"), **act)
        say(N_("Confirmed by {settled_by} on {settled_on}"), **act)


_DESTROYED = N_("{document} was destroyed on {left_on}")


def _row(vault: Vault, gone: Tombstone) -> Row:
    facts = gone.told.facts
    with vault.catalogue.read() as tx:
        act = acts.get(tx, gone.act) if gone.act else None
    category = str(facts["category"])
    agreed: Value = act_row(act, pending=False) if act else None
    return {
        "document": gone.document,
        "archive_no": gone.archive_no,
        "state": "WITHDRAWN" if WITHDRAWAL in {gone.told.action, facts.get("was")} else "DESTROYED",
        "left_on": gone.told.day.isoformat(),
        "customer": facts["customer"],
        "category": category,
        "category_label": category_label(vault, category),
        "received": facts.get("received"),
        "sha256": facts["sha256"],
        "size": facts["size"],
        "ledger_entry": gone.told.seq,
        "act": agreed,
    }
