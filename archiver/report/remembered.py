"""Gathers the values of the destruction register from what is remembered of destroyed papers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from archiver import __version__
from archiver.catalogue import batches, customers, documents, ledger, numbers, tombstones
from archiver.catalogue.batches import Batch, Item, State
from archiver.catalogue.ledger import Fact, Noted
from archiver.catalogue.store import Connection
from archiver.catalogue.tombstones import Tombstone
from archiver.core.model import DocumentId
from archiver.custody.destruction import VERIFIED
from archiver.custody.disposal import digest
from archiver.custody.ripple import STOPPED
from archiver.custody.stamp import today
from archiver.custody.tombstone import DESTRUCTION
from archiver.declarations.words import language
from archiver.report.ahead import approved
from archiver.report.late import late
from archiver.report.register import Certificate, Destroyed, Disposals, Late, Register, Withheld
from archiver.vault.vault import Vault

_SETTLED = frozenset({State.DESTROYED, State.DESTROYING})


def register(vault: Vault, year: int | None) -> Register:
    """The register as of now, in the chosen language."""
    first, last = (date(year, 1, 1), date(year, 12, 31)) if year else (date.min, date.max)
    with vault.catalogue.read() as tx:
        day = today(vault, tx)
        unit = next((one for one in customers.all_customers(tx) if one.kind == "own"), None)
        head = ledger.head(tx)
        return Register(
            unit=unit.name if unit else None,
            year=year,
            as_of=day,
            made_at=vault.clock().astimezone(vault.zone).replace(microsecond=0),
            zone=vault.settings.timezone,
            version=__version__,
            lang=language(),
            labels={
                one.code: vault.categories.label(one.code, language())
                for one in vault.categories.category
            },
            seq=head.seq,
            leaf=head.leaf,
            disposals=disposals(tx, first, last),
            approved=tuple(approved(vault, tx, day)) if day <= last else (),
        )


def disposals(tx: Connection, first: date, last: date) -> Disposals:
    """What was destroyed and withheld from the `first` day to the `last`, day by day."""
    known = {one.id: one for one in batches.every(tx)}
    logins = numbers.logins(tx)
    stones = [one for one in tombstones.every(tx) if _was_destroyed(one)]
    after = tuple(late(tx, stones))
    events = _by_document(after)
    gone = (_destroyed(one, known, logins, events.get(one.document, ())) for one in stones)
    found = tuple(sorted((one for one in gone if first <= one.day <= last), key=_place))
    stopped = [one for one in ledger.noted(tx, (STOPPED,)) if first <= one.day <= last]
    return Disposals(
        destroyed=found,
        withheld=tuple(_withheld(tx, known, stopped)),
        certificates=tuple(_certificates(tx, known.values(), found, logins)),
        late=tuple(
            one for one in after if first <= one.recorded_on <= last or first <= one.gone_on <= last
        ),
    )


def recalled(tx: Connection, stone: Tombstone) -> Destroyed | None:
    """What the register says of one paper; None when it left in another way."""
    if not _was_destroyed(stone):
        return None
    batch = batches.get(tx, str(stone.told.facts.get("certificate")))
    known = {batch.id: batch} if batch else {}
    events = _by_document(late(tx, [stone])).get(stone.document, ())
    return _destroyed(stone, known, numbers.logins(tx), events)


def _by_document(found: Iterable[Late]) -> dict[str, tuple[str, ...]]:
    """Which events came too late for which file."""
    events: dict[str, tuple[str, ...]] = {}
    for one in found:
        events[one.document] = (*events.get(one.document, ()), one.event)
    return events


def _place(one: Destroyed) -> tuple[date, str, str, str]:
    """Batch by batch, the further files of a paper behind it."""
    head = one.further_of
    return one.day, one.certificate or "", head or one.document, one.document if head else ""


def _was_destroyed(stone: Tombstone) -> bool:
    return DESTRUCTION in {stone.told.action, stone.told.facts.get("was")}


def _destroyed(
    stone: Tombstone,
    known: Mapping[str, Batch],
    logins: Mapping[str, str],
    /,
    events: Sequence[str],
) -> Destroyed:
    facts, told = stone.told.facts, stone.told
    batch = known.get(str(facts.get("certificate")))
    return Destroyed(
        document=stone.document,
        archive_no=stone.archive_no,
        further_of=_text(facts.get("further_of")),
        category=str(facts.get("category")),
        customer=str(facts.get("customer")),
        doc_date=_day(facts.get("doc_date")),
        received=_day(facts.get("received")) or told.day,
        sha256=str(facts.get("sha256")),
        size=int(facts.get("size") or 0),
        trigger=_text(facts.get("trigger")),
        event=_text(facts.get("trigger_event")),
        trigger_date=_day(facts.get("trigger_date")),
        period=_text(facts.get("period")),
        rules=tuple(str(facts.get("rules") or "").split()),
        version=_text(facts.get("rules_version")),
        retain_through=_day(facts.get("retain_through")),
        due_date=_day(facts.get("due_date")),
        opinion=_opinion(batch, _text(facts.get("opinion"))),
        appraised_by=_who(facts.get("appraised_by"), logins),
        appraised_on=_day(facts.get("appraised_on")),
        approved_by=_who(facts.get("approved_by"), logins),
        approved_on=_day(facts.get("approved_on")),
        destroyed_by=_who(facts.get("destroyed_by"), logins),
        witnesses=_people(facts.get("witnesses"), logins),
        day=_day(facts.get("gone_on")) or told.day,
        method=_text(facts.get("method")),
        backups_until=_day(facts.get("backups_until")),
        held_as=_text(facts.get("held_as")),
        certificate=_text(facts.get("certificate")),
        entry=told.seq,
        restored="was" in facts,
        late=tuple(events),
    )


def _opinion(batch: Batch | None, kept: str | None) -> str | None:
    """The words, where they are still those whose digest the ledger keeps."""
    words = batch.opinion if batch else None
    return words if words and digest(words) == kept else kept


def _withheld(
    tx: Connection, known: Mapping[str, Batch], entries: Iterable[Noted]
) -> Iterator[Withheld]:
    """What left a batch and is still kept: each paper once, by the last batch that it left."""
    left = {
        item.document: (entry, item)
        for entry, item in ((one, _item(known, one)) for one in entries)
        if item and item.left_because
    }
    there = {one.id: one for one in documents.some(tx, left)}
    for document, (entry, item) in sorted(left.items(), key=lambda one: one[1][0].seq):
        paper = there.get(document)
        if paper is None:
            continue  # it left the archive since, or a restoration stopped what was repeated then
        yield Withheld(
            certificate=str(entry.facts.get("batch")),
            document=document,
            archive_no=paper.archive_no,
            category=paper.category,
            customer=paper.customer,
            due_date=_day(item.agreed["due"]),
            rules=tuple(item.agreed["rules"]),
            reason=str(item.left_because),
            day=entry.day,
            entry=entry.seq,
        )


def _item(known: Mapping[str, Batch], entry: Noted) -> Item | None:
    batch = known.get(str(entry.facts.get("batch")))
    document = DocumentId(str(entry.facts.get("document")))
    return next((one for one in batch.items if one.document == document), None) if batch else None


def _certificates(
    tx: Connection,
    known: Iterable[Batch],
    destroyed: Iterable[Destroyed],
    logins: Mapping[str, str],
) -> Iterable[Certificate]:
    verified = {str(one.facts.get("batch")): one for one in ledger.noted(tx, (VERIFIED,))}
    mine: dict[str, list[Destroyed]] = {}
    for one in destroyed:
        mine.setdefault(one.certificate or "", []).append(one)
    for batch in known:
        inside = mine.get(batch.id)
        if not inside or batch.destroyed_on is None or batch.state not in _SETTLED:
            continue
        done = verified.get(batch.id)
        yield Certificate(
            id=batch.id,
            papers=sum(one.further_of is None for one in inside),
            files=len(inside),
            bytes=sum(one.size for one in inside),
            manifest=batch.manifest,
            opinion=inside[0].opinion,
            appraised_by=logins.get(batch.appraised_by, batch.appraised_by),
            appraised_on=batch.appraised_on,
            approved_by=_who(batch.approved_by, logins),
            approved_on=batch.approved_on,
            destroyed_by=_who(batch.destroyed_by, logins),
            day=batch.destroyed_on,
            witnesses=_people(batch.witnesses, logins),
            backups_until=inside[0].backups_until,
            verified=done.day if done else None,
            entry=done.seq if done else None,
        )


def _text(fact: Fact) -> str | None:
    return str(fact) if fact else None


def _day(fact: object) -> date | None:
    return date.fromisoformat(str(fact)) if fact else None


def _who(fact: Fact, logins: Mapping[str, str]) -> str | None:
    return logins.get(str(fact), str(fact)) if fact else None


def _people(fact: Fact, logins: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(logins.get(one, one) for one in str(fact or "").split())
