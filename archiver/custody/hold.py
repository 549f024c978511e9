"""Holds: named stops on disposal. One person places one, one person releases it.

What a hold has caught stays caught until its release (`custody.ripple.catch`); it moves no date.
"""

from datetime import date

from archiver.catalogue import acts, customers, documents, holds, keepings, ledger, tombstones
from archiver.catalogue.holds import StoredHold
from archiver.catalogue.store import Connection
from archiver.core.errors import N_, Refused, UsageError
from archiver.core.model import CustomerId, DocumentId
from archiver.core.proof import canonical
from archiver.custody.ripple import catch, void
from archiver.custody.stamp import stamp, today
from archiver.custody.tombstone import already_gone
from archiver.declarations.findable import read_aliases
from archiver.search.matching import of_the_day
from archiver.search.parse import in_names, parse
from archiver.vault.vault import Vault

SCOPES = ("document", "customer", "case", "query")
"""What a hold can be placed on."""
OWN = "internal"
"""The authority of a hold that the company itself wants."""


def place(
    vault: Vault,
    scope: str,
    target: str,
    *,
    reason: str | None,
    authority: str | None = None,
    reference: str | None = None,
    contact: str | None = None,
    review_on: date | None = None,
) -> StoredHold:
    """Stop the disposal of what `target` means, now or later.

    Args:
        vault: the open vault.
        scope: one of `SCOPES`.
        target: id of a document (any file of it means the whole) or of a customer, number of a
            case, or a query.
        reason: why, in a sentence.
        authority: who ordered it: `court`, `police`, an office; the company itself where not said.
        reference: their number of the matter.
        contact: whom to ask.
        review_on: the day on which somebody should ask whether it is still needed.

    Raises:
        Refused: there is no reason, or the document is gone.
        UsageError: there is no such document or customer, or the query cannot be a hold's.
    """
    said = reasoned(reason)
    with vault.catalogue.write() as tx:
        aim, papers = _aim(vault, tx, scope, target)
        when = stamp(vault, tx)
        row: dict[str, object] = {
            "scope": scope,
            "target": aim,
            "reason": said,
            "authority": _line(authority) or OWN,
            "reference": _line(reference),
            "contact": _line(contact),
            "review_on": review_on,
            "placed_by": when.actor,
            "placed_on": when.day,
        }
        number = holds.place(tx, row)
        if scope == "document":
            holds.catch(tx, number, [DocumentId(aim)])
        catch(vault, tx, when, papers)
        (placed,) = holds.some(tx, [number])
        facts: dict[str, ledger.Fact] = {
            "hold": number,
            "scope": scope,
            **({scope: aim} if scope in {"document", "customer"} else {}),
            "content": _digest(row),
            "caught": len(placed.documents),
        }
        ledger.append(tx, when, "hold_placed", facts)
        void(vault, tx, when, keepings.on_the_way(tx))
    return placed


def release(vault: Vault, hold: str, reason: str | None) -> StoredHold:
    """End a hold; nothing that it held may be disposed of for some days after.

    Raises:
        Refused: there is no reason.
        UsageError: there is no such hold, or it is released.
    """
    said = reasoned(reason)
    with vault.catalogue.write() as tx:
        known = next(iter(holds.some(tx, [hold])), None)
        if known is None or not known.active:
            raise UsageError(
                N_("{hold} was released on {day}") if known else N_("no hold {hold}"),
                hint=N_("see them with: archiver hold list --all"),
                hold=hold,
                day=known.released_on if known else None,
            )
        when = stamp(vault, tx)
        catch(vault, tx, when, None, words=False)  # grace is for whatever it ever covered
        holds.release(tx, hold, released_by=when.actor, released_on=when.day, released_why=said)
        content = _digest({"hold": hold, "reason": said})
        ledger.append(tx, when, "hold_released", {"hold": hold, "content": content})
        (released,) = holds.some(tx, [hold])
    return released


def _aim(
    vault: Vault, tx: Connection, scope: str, target: str
) -> tuple[str, tuple[DocumentId, ...] | None]:
    """The target as it is kept, and the papers that it may mean now; None for all.

    Raises:
        Refused: the document is gone.
        UsageError: there is nothing of that name, or the query cannot be a hold's.
    """
    if scope == "document":
        head = _document(tx, DocumentId(target))
        return head, (head,)
    if scope == "customer":
        whose = CustomerId(target)
        if customers.get(tx, whose) is None:
            hint = N_("see them with: archiver customer list")
            raise UsageError(N_("no customer {name}"), hint=hint, name=target)
        return target, keepings.of_customers(tx, customers.composition(tx).get(whose, {whose}))
    said = " ".join(target.split())
    if not said:
        hint = N_("a hold on everything is written: --query '*'")
        raise UsageError(N_("a hold must say what it is for"), hint=hint)
    return (_query(vault, said, today(vault, tx)) if scope == "query" else said), None


def _query(vault: Vault, said: str, day: date) -> str:
    """A query as it is kept: `last-month` is the month before the hold was placed, for good.

    Raises:
        UsageError: it is none, or its answer changes with the day.
    """
    aliases = read_aliases(vault.layout.index / "fields.toml")
    if of_the_day(parse(said, aliases, day)):
        raise UsageError(
            N_("the query of a hold cannot ask for a state: that changes with the day alone"),
            hint=N_("leave it out: a hold stops disposal whatever the state"),
        )
    return in_names(said, aliases, day)


def _document(tx: Connection, wanted: DocumentId) -> DocumentId:
    found = documents.some(tx, [wanted])
    if found:
        return found[0].joined_to or found[0].id
    if tombstones.find(tx, wanted):
        raise already_gone(wanted)
    raise UsageError(
        N_("no document {name}"),
        hint=N_("ids look like D000001; find one with: archiver search WORDS"),
        name=wanted,
    )


def reasoned(said: str | None) -> str:
    """A reason in one line.

    Raises:
        Refused: there is none.
    """
    reason = _line(said)
    if reason is None:
        raise Refused(
            "REASON_REQUIRED",
            N_("a hold needs a reason, and so does its release"),
            hint=N_("say why in a sentence: --reason TEXT"),
        )
    return reason


def _line(text: str | None) -> str | None:
    """A text in one line; None for an empty one."""
    return " ".join((text or "").split()) or None


def _digest(texts: dict[str, object]) -> str:
    """What the ledger keeps of texts that may name persons."""
    told = {key: one.isoformat() if isinstance(one, date) else one for key, one in texts.items()}
    return acts.digest_of(canonical(told))
