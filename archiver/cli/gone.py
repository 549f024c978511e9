"""What `archiver show` says of a paper that has left the archive."""

from collections.abc import Iterator

from archiver.catalogue import acts, customers, documents, tombstones
from archiver.catalogue.tombstones import Tombstone
from archiver.cli.agreed import act_row
from archiver.cli.output import Form, Row, Value, objects, paragraph, plain, rows, say
from archiver.cli.overlays import overlays
from archiver.cli.registered import line_row
from archiver.cli.words import category_label, handle_of
from archiver.core.errors import N_
from archiver.core.model import CustomerId
from archiver.custody import standing
from archiver.custody.stamp import today
from archiver.custody.withdraw import WITHDRAWAL
from archiver.declarations.spoken import spoken
from archiver.declarations.words import listing, translate
from archiver.report.register_lists import rules, trigger
from archiver.report.remembered import recalled
from archiver.vault.vault import Vault

_LINE = N_("{label}: {value}")
_LABELS = {
    "archive_no": N_("Archive number"),
    "category_label": N_("Category"),
    "received": N_("Received"),
    "sha256": N_("SHA-256"),
}
_UNKNOWN = (
    *("receipt", "source", "media_type", "pages", "password_protected", "category_confidence"),
    *("case", "title", "date", "path", "outcome", "retain_through", "due_date", "joined_to"),
    "came_in",
)
_NONE = ("tags", "open", "retention", "events", "acts", "files", "parts", "links")
"""Keys of a living document of which nothing stays."""


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
    told = _WITHDRAWN if row["state"] == "WITHDRAWN" else _DESTROYED
    left = objects(row["left"])[0]
    say(told, document=gone.document, day=left["on"])
    for key, label in _LABELS.items():
        if row[key]:
            say(_LINE, label=translate(label), value=plain(row[key]))
    for one in _destroyed(vault, gone):
        paragraph(one)
    if left["late_event"]:
        paragraph(translate(_LATE))
    for act in objects(left["act"]):
        paragraph(translate(_LINE).format(label=translate(N_("Reason")), value=act["reason"]))
        say(N_("Proposed by {proposed_by} on {proposed_on} ({act})"), **act)
        say(N_("Confirmed by {settled_by} on {settled_on}"), **act)


def _destroyed(vault: Vault, gone: Tombstone) -> Iterator[str]:
    """Why it could go, and who agreed; nothing of a paper that left in another way."""
    with vault.catalogue.read() as tx:
        one = recalled(tx, gone)
    if one is None or one.certificate is None:
        return
    yield translate(_WHY).format(
        last=one.retain_through,
        due=one.due_date,
        period=spoken("period", one.period) if one.period else "–",
        trigger=trigger(one) or "–",
        rules=rules(one),
    )
    yield translate(_WHO).format(
        certificate=one.certificate,
        appraiser=one.appraised_by,
        appraised=one.appraised_on,
        approver=one.approved_by,
        approved=one.approved_on,
        executor=one.destroyed_by,
        witnesses=listing(one.witnesses),
        entry=gone.told.seq,
    )
    if one.backups_until:
        yield translate(N_("Backups may hold it until {day}.")).format(day=one.backups_until)
    if one.held_as:
        held = N_("{document} held the same bytes, and stayed.")
        yield translate(held).format(document=one.held_as)


_WHY = N_(
    "Kept through {last}, due from {due}: {period} from {trigger}; rules {rules}. "
    "Deleted logically."
)
_WHO = N_(
    "Certificate {certificate}: appraised by {appraiser} on {appraised}, approved by {approver} on "
    "{approved}, destroyed by {executor}; seen by {witnesses}. Ledger entry {entry}."
)
_LATE = N_(
    "After it was gone, a dispute, an accident, a doubt or an instruction was recorded for its "
    "customer."
)
_WITHDRAWN = N_("{document} was withdrawn on {day}")
_DESTROYED = N_("{document} was destroyed on {day}")


def _row(vault: Vault, gone: Tombstone) -> Row:
    """The keys of a living document, those that are still known filled in."""
    facts, told = gone.told.facts, gone.told
    with vault.catalogue.read() as tx:
        act = acts.get(tx, gone.act) if gone.act else None
        customer = customers.get(tx, CustomerId(str(facts["customer"])))
        line = recalled(tx, gone)
        answer = standing.remembered(vault, tx, gone.document, today(vault, tx))
    category = str(facts["category"])
    agreed: Value = act_row(act, pending=False) if act else None
    return {
        **dict.fromkeys(_UNKNOWN),
        **dict.fromkeys(_NONE, ()),
        **overlays(None),
        "fields": {},
        "document": gone.document,
        "archive_no": gone.archive_no,
        "received": facts["received"],
        "sha256": facts["sha256"],
        "size": facts["size"],
        "category": category,
        "category_label": category_label(vault, category),
        "customer": facts["customer"],
        "customer_name": customer.name if customer else None,
        "state": "WITHDRAWN" if WITHDRAWAL in {told.action, facts.get("was")} else "DESTROYED",
        "left": {
            "on": (line.day if line else told.day).isoformat(),
            "ledger_entry": told.seq,
            "act": agreed,
            "late_event": answer.late_event if answer else False,
            "register": line_row(line, {category: category_label(vault, category)})
            if line
            else None,
        },
    }
