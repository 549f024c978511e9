"""The lists of the destruction register, in the chosen language."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from archiver.core.errors import N_
from archiver.core.periods import elapsed
from archiver.declarations.codes import LEFT_BECAUSE, called
from archiver.declarations.rule import DOC_DATE
from archiver.declarations.spoken import spoken
from archiver.declarations.words import translate
from archiver.report.listing import Cell, Column, Kind, Listing, summed
from archiver.report.register import Approved, Destroyed, Disposals, Going, Late, Withheld
from archiver.report.wording import listed, said

_DIGITS = 16
"""Of a digest the register shows so many hex digits."""
_NO = Column(N_("No."), Kind.CODE)
_NAME = Column(N_("Name of the archive"), Kind.LABEL)
_KIND = Column(N_("Type of paper"), Kind.CODE, only_workbook=True)
_VOLUME = Column(N_("Volume no."), Kind.CODE, only_workbook=True)
_PIECE = Column(N_("Piece no."), Kind.CODE, only_workbook=True)
_YEARS = Column(N_("Years from, to"), Kind.CODE, only_workbook=True)
_NUMBER = Column(N_("Number of the archive"), Kind.CODE)
_OUGHT = Column(N_("Period to be kept"), Kind.LABEL)
_BEEN = Column(N_("Period kept"), Kind.LABEL)
_WHEN = Column(N_("Destroyed on"), Kind.DAY)
_CUSTOMER = Column(N_("Customer no."), Kind.CODE)
_TRIGGER = Column(N_("Event and its date"), Kind.LABEL, only_workbook=True)
_RULES = Column(N_("Rules and their version"), Kind.LABEL, only_workbook=True)
_KEPT = Column(N_("Kept to"), Kind.DAY)
_DUE = Column(N_("Due from"), Kind.DAY, only_workbook=True)
_DIGEST = Column(N_("SHA-256, first 16 digits"), Kind.CODE, only_workbook=True)
_BYTES = Column(N_("Bytes"), Kind.COUNT, only_workbook=True)
_OPINION = Column(N_("Appraisal opinion"), only_workbook=True)
_APPRAISER = Column(N_("Appraised by"), Kind.LABEL, only_workbook=True)
_APPRAISED = Column(N_("Appraised on"), Kind.DAY, only_workbook=True)
_APPROVER = Column(N_("Approved by"), Kind.LABEL, only_workbook=True)
_APPROVED = Column(N_("Approved on"), Kind.DAY, only_workbook=True)
_EXECUTOR = Column(N_("Carried out by"), Kind.LABEL, only_workbook=True)
_WITNESSES = Column(N_("Witnesses"), Kind.LABEL, only_workbook=True)
_METHOD = Column(N_("Method of destruction"), Kind.LABEL, only_workbook=True)
_BACKUPS = Column(N_("In backups until"), Kind.LABEL, only_workbook=True)
_HELD = Column(N_("Content still held in another record"), Kind.LABEL, only_workbook=True)
_CERTIFICATE = Column(N_("Certificate no."), Kind.CODE)
_ENTRY = Column(N_("Ledger entry"), Kind.CODE)
_REMARKS = Column(N_("Remarks"), Kind.LABEL)

COLUMNS = (
    *(_NO, _NAME, _VOLUME, _PIECE, _YEARS, _NUMBER, _OUGHT, _BEEN, _WHEN),
    *(_CUSTOMER, _KIND, _TRIGGER, _RULES, _KEPT, _DUE, _DIGEST, _BYTES),
    *(_OPINION, _APPRAISER, _APPRAISED, _APPROVER, _APPROVED, _EXECUTOR, _WITNESSES),
    *(_METHOD, _BACKUPS, _HELD, _CERTIFICATE, _ENTRY, _REMARKS),
)
"""Those of 会计档案管理办法 art. 18 come first, then what an auditor asks besides."""
STACKS = tuple(
    tuple(COLUMNS.index(one) for one in stack)
    for stack in (
        (_NO,),
        (_NAME, _KIND),
        (_NUMBER, _VOLUME, _PIECE),
        (_CUSTOMER, _YEARS),
        (_OUGHT, _BEEN),
        (_TRIGGER, _RULES),
        (_KEPT, _DUE, _WHEN),
        (_DIGEST, _BYTES),
        (_OPINION, _APPRAISER, _APPRAISED),
        (_APPROVER, _APPROVED),
        (_EXECUTOR, _WITNESSES),
        (_METHOD, _BACKUPS, _HELD),
        (_CERTIFICATE, _ENTRY, _REMARKS),
    )
)
"""Which columns share one of the paper's, top to bottom: all of them fit across A4."""
_AHEAD = tuple(
    replace(one, only_workbook=False)
    for one in (
        *(_NO, _NAME, _VOLUME, _PIECE, _YEARS, _NUMBER, _OUGHT, _BEEN, _KEPT, _DUE, _CUSTOMER),
        *(Column(N_("Rule"), Kind.CODE), _DIGEST, _BYTES),
    )
)
"""Those of 会计档案管理办法 art. 18 that are known before anything is destroyed."""
_METHODS = {"logical_deletion": N_("logical deletion, verified absent")}


def destroyed(found: Disposals, labels: Mapping[str, str]) -> Listing:
    """What is no more, in the order in which it went."""
    verified = {one.id for one in found.certificates if one.verified}
    events = {one.event: one for one in found.late}
    rows = tuple(
        _destroyed(no, one, labels, verified=one.certificate in verified, events=events)
        for no, one in enumerate(found.destroyed, start=1)
    )
    total = summed(COLUMNS, rows, translate(N_("Total"))) if rows else None
    return Listing("destroyed", translate(N_("Destruction register")), COLUMNS, rows, total)


def _destroyed(
    no: int,
    one: Destroyed,
    labels: Mapping[str, str],
    *,
    verified: bool,
    events: Mapping[str, Late],
) -> tuple[Cell, ...]:
    return (
        *(str(no), *_archive(one, labels), *_periods(one, one.day)),
        *(one.day, one.customer, one.category, trigger(one), rules(one)),
        *(one.retain_through, one.due_date, one.sha256[:_DIGITS], one.size),
        *(one.opinion, one.appraised_by, one.appraised_on, one.approved_by, one.approved_on),
        *(one.destroyed_by, listed(one.witnesses), method(one, verified)),
        one.backups_until.isoformat() if one.backups_until else translate(N_("not said")),
        _held(one),
        *(one.certificate, str(one.entry), _remarks(one, events)),
    )


def _archive(one: Destroyed | Going, labels: Mapping[str, str]) -> tuple[Cell, ...]:
    """What it is called, its volume, piece, years and number."""
    volume, _, piece = one.archive_no.rpartition("-")
    year = f"{one.doc_date.year}" if one.doc_date else None
    return labels.get(one.category, one.category), volume, piece, year, one.archive_no


def _periods(one: Destroyed | Going, day: date) -> tuple[Cell, ...]:
    """How long it was to be kept, and how long it had been on `day`."""
    kept = elapsed(one.trigger_date or one.received, day)
    return (
        spoken("period", one.period) if one.period else None,
        spoken("period", str(kept)) if kept else None,
    )


def approved(batch: Approved, labels: Mapping[str, str], day: date) -> Listing:
    """What is to be destroyed with one batch, as it is on `day`: nothing has been yet."""
    rows = tuple(_going(no, one, labels, day) for no, one in enumerate(batch.files, start=1))
    total = summed(_AHEAD, rows, translate(N_("Total"))) if rows else None
    return Listing("approved", translate(N_("To be destroyed")), _AHEAD, rows, total)


def all_approved(found: Iterable[Approved], labels: Mapping[str, str], day: date) -> Listing:
    """The same of every batch, its number first."""
    rows = tuple((batch.id, *row) for batch in found for row in approved(batch, labels, day).rows)
    columns = (_CERTIFICATE, *_AHEAD)
    return Listing("approved", translate(N_("To be destroyed")), columns, rows)


def _going(no: int, one: Going, labels: Mapping[str, str], day: date) -> tuple[Cell, ...]:
    return (
        *(str(no), *_archive(one, labels), *_periods(one, day)),
        *(one.retain_through, one.due_date, one.customer, listed(map(said_rule, one.rules))),
        *(one.sha256[:_DIGITS], one.size),
    )


def trigger(one: Destroyed) -> str:
    """From what its period was counted."""
    if not one.trigger:
        return ""
    paper = one.trigger == DOC_DATE
    told = translate(N_("the date of the paper")) if paper else spoken("trigger", one.trigger)
    return " ".join(filter(None, (told, _iso(one.trigger_date), one.event)))


def rules(one: Destroyed) -> str:
    """By which rules, of which version."""
    named = listed(said_rule(rule) for rule in one.rules)
    version = (one.version or "")[:12]
    told = translate(N_("{rules}, version {version}"))
    return told.format(rules=named, version=version) if version else named


def said_rule(rule: str) -> str:
    """The id of a rule; what people decided has no rule."""
    return translate(_NO_RULE.get(rule, rule))


_NO_RULE = {"OVERRIDE": N_("extended by people"), "REVIEW": N_("decision of an appraisal")}


def method(one: Destroyed, verified: bool) -> str:
    """What was done; that nothing is left is only said when it was looked for."""
    if not one.method:
        return ""
    if not verified and not one.restored:
        return translate(N_("logical deletion, absence not verified yet"))
    return translate(_METHODS.get(one.method, one.method))


def _held(one: Destroyed) -> str:
    if not one.held_as:
        return said("no")
    return translate(N_("yes, {document}")).format(document=one.held_as)


def _remarks(one: Destroyed, events: Mapping[str, Late]) -> str:
    told = []
    if one.further_of:
        told.append(translate(N_("further file of {document}")).format(document=one.further_of))
    if one.restored:
        told.append(translate(N_("came back with a backup, removed again")))
    for event in (events[name] for name in one.late):
        text = translate(N_("recorded after it was gone, on {day}: {event} ({id})"))
        called_so = spoken("trigger", event.type)
        told.append(text.format(day=event.recorded_on, event=called_so, id=event.event))
    return translate(N_("; ")).join(told)


def withheld(found: Disposals, labels: Mapping[str, str]) -> Listing:
    """What was taken out of a batch, and why."""
    columns = (
        *(_NO, _CERTIFICATE, _NUMBER, Column(N_("Document"), Kind.CODE), _NAME, _CUSTOMER),
        Column(N_("Due from"), Kind.DAY),
        Column(N_("Rule"), Kind.CODE),
        Column(N_("Withheld because"), Kind.LABEL),
        Column(N_("Withheld on"), Kind.DAY),
        _ENTRY,
    )
    rows = tuple(_withheld(no, one, labels) for no, one in enumerate(found.withheld, start=1))
    return Listing("withheld", translate(N_("Withheld from destruction")), columns, rows)


def _withheld(no: int, one: Withheld, labels: Mapping[str, str]) -> tuple[Cell, ...]:
    return (
        *(str(no), one.certificate, one.archive_no, one.document),
        *(labels.get(one.category, one.category), one.customer, one.due_date),
        listed(said_rule(rule) for rule in one.rules),
        called(LEFT_BECAUSE, one.reason),
        *(one.day, str(one.entry)),
    )


def came_late(found: Disposals) -> Listing:
    """What was recorded for customers whose papers had been destroyed before."""
    columns = (
        Column(N_("Event"), Kind.CODE),
        Column(N_("What was recorded"), Kind.LABEL),
        Column(N_("Recorded on"), Kind.DAY),
        *(_CUSTOMER, _NUMBER, Column(N_("Document"), Kind.CODE), _WHEN, _CERTIFICATE),
    )
    rows = tuple(
        (
            *(one.event, spoken("trigger", one.type), one.recorded_on),
            *(one.customer, one.archive_no, one.document, one.gone_on, one.certificate),
        )
        for one in sorted(found.late, key=lambda one: (one.event, one.document))
    )
    return Listing("late", translate(N_("Recorded after destruction")), columns, rows)


def _iso(day: object) -> str:
    return str(day) if day else ""
