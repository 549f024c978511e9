"""How an event is told: to scripts as an object, to people in a line."""

from collections.abc import Mapping

from archiver.catalogue.events import StoredEvent
from archiver.cli.output import Row, plain
from archiver.core.errors import N_
from archiver.core.model import CustomerId
from archiver.declarations.codes import EVENTS, called
from archiver.declarations.words import translate


def event_row(event: StoredEvent, names: Mapping[CustomerId, str]) -> Row:
    """One event for scripts; `names` are those of the customers."""
    spot = event.spot
    standing = "void" if event.void else "confirmed" if event.confirmed else "waits"
    return {
        "event": event.id,
        "type": event.type,
        "customer": event.customer,
        "customer_name": names.get(event.customer) if event.customer else None,
        "document": event.document,
        "case": event.case_no,
        "date": event.day.isoformat(),
        "source": event.source,
        "confirmed": event.confirmed,
        "page": spot.page if spot else None,
        "box": list(spot.box) if spot and spot.box else None,
        "raw": spot.raw if spot else None,
        "void": event.void,
        "standing": standing,
    }


def event_line(row: Row) -> str:
    """One event that was read off a paper: where it stands there, and what to do while it waits."""
    told = (
        N_("{event}, {kind} on {day}, page {page} of {document}: archiver event confirm {event}")
        if row["standing"] == "waits"
        else N_("{event}, {kind} on {day}, page {page} of {document}")
    )
    return translate(told).format(
        event=row["event"],
        kind=called(EVENTS, plain(row["type"])),
        day=row["date"],
        page=row["page"] or "–",
        document=row["document"],
    )
