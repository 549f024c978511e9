"""What keeps a customer's papers beyond the ordinary: flags, holds, a request for erasure."""

from collections.abc import Iterator

from archiver.catalogue import customers, documents, events, holds, keepings
from archiver.catalogue.store import Connection
from archiver.cli.output import Row, objects, plain
from archiver.core.errors import N_
from archiver.core.model import CustomerId, DocumentId
from archiver.declarations.codes import AUTHORITIES, called
from archiver.declarations.spoken import spoken
from archiver.declarations.words import ngettext, translate
from archiver.judge.facts import ENDS, RAISES
from archiver.vault.vault import Vault


def carried(vault: Vault, customer: CustomerId) -> dict[str, Row | list[Row] | None]:
    """The published keys: flags that stand, holds that are not released, the erasure asked for."""
    with vault.catalogue.read() as tx:
        whole = customers.composition(tx).get(customer, frozenset({customer}))
        return {
            "flags": _flags(tx, whole),
            "holds": _holds(tx, whole),
            "erasure": _erasure(tx, whole),
        }


def _flags(tx: Connection, whole: frozenset[CustomerId]) -> list[Row]:
    happened = [one for one in events.concerning(tx, whole, (), ()) if not one.void]
    ended = {
        ENDS[one.type]: one.day.isoformat()
        for one in happened
        if one.type in ENDS and one.confirmed
    }
    return [
        {
            "flag": RAISES[one.type].value,
            "event": one.id,
            "date": one.day.isoformat(),
            "recorded_on": one.recorded_on.isoformat(),
            "ended": ended.get(RAISES[one.type]),
        }
        for one in happened
        if one.type in RAISES and not one.lifted
    ]


def _holds(tx: Connection, whole: frozenset[CustomerId]) -> list[Row]:
    """Those on the customer, and those that hold some of the papers."""
    papers = _papers(tx, whole)
    return [
        {
            "hold": one.id,
            "scope": one.scope,
            "target": one.target,
            "authority": one.authority,
            "reason": one.reason,
            "documents": len(papers & one.documents),
        }
        for one in holds.active(tx)
        if (one.scope == "customer" and one.target in whole) or papers & one.documents
    ]


def _erasure(tx: Connection, whole: frozenset[CustomerId]) -> Row | None:
    kept = keepings.every(tx, _papers(tx, whole))
    days = [one.restricted for one in kept if one.restricted]
    return {"asked_on": min(days).isoformat(), "documents": len(days)} if days else None


def _papers(tx: Connection, whole: frozenset[CustomerId]) -> set[DocumentId]:
    """The papers that are here, each of several files once."""
    found = documents.some(tx, keepings.of_customers(tx, whole) or ())
    return {one.id for one in found if not one.joined_to}


def carried_lines(row: Row) -> Iterator[tuple[str, str]]:
    """Label and text of each, for a person."""
    for one in objects(row["flags"]):
        template = (
            N_("{flag}: event {event} of {date}; the matter ended on {ended}, the flag stays")
            if one["ended"]
            else N_("{flag}: event {event} of {date}")
        )
        flag = spoken("flag", plain(one["flag"]))
        yield N_("Flag"), translate(template).format(**{**one, "flag": flag})
    for one in objects(row["holds"]):
        template = ngettext(
            "{hold}, {count} paper, ordered by {authority}: {reason}",
            "{hold}, {count} papers, ordered by {authority}: {reason}",
            int(plain(one["documents"])),
        )
        said = {
            **one,
            "count": one["documents"],
            "authority": called(AUTHORITIES, plain(one["authority"])),
        }
        yield N_("Hold"), template.format(**said)
    for one in objects(row["erasure"]):
        template = ngettext(
            "asked for on {asked_on}: {documents} paper is restricted",
            "asked for on {asked_on}: {documents} papers are restricted",
            int(plain(one["documents"])),
        )
        yield N_("Erasure"), template.format(**one)
