"""The tables of what was done besides receiving: rules changed, disposal, erasures asked for."""

from archiver.core.errors import N_
from archiver.declarations.codes import BATCH_STATES, called
from archiver.declarations.words import translate
from archiver.report.listing import Cell, Column, Kind, Listing
from archiver.report.recorded import Request
from archiver.report.values import Values

_ENTRY = Column(N_("Ledger entry"), Kind.CODE)
_VERSION = 12
"""Of the hash of a version so many digits are shown; the workbook has all."""


def rule_changes(values: Values) -> Listing:
    """The versions of the rules that came into force, and what each did to the papers."""
    columns = (
        Column(N_("In force since"), Kind.DAY),
        Column(N_("Version before"), Kind.CODE),
        Column(N_("Version"), Kind.CODE),
        Column(N_("Kept longer"), Kind.COUNT),
        Column(N_("Shorter, waiting for two people"), Kind.COUNT),
        Column(N_("Of these never, by locked rules"), Kind.COUNT),
        Column(N_("Now due"), Kind.COUNT),
        Column(N_("Now without a rule"), Kind.COUNT),
        Column(N_("Now permanent"), Kind.COUNT),
        _ENTRY,
        Column(N_("Version (SHA-256)"), Kind.CODE, only_workbook=True),
    )
    rows = tuple(
        (
            *(one.day, (one.before or "")[:_VERSION], one.rules[:_VERSION]),
            *(one.lengthened, one.waiting, one.locked),
            *(one.due, one.unscheduled, one.permanent, str(one.entry), one.rules),
        )
        for one in values.changes
    )
    return Listing("rule_changes", translate(N_("Changes of the rules")), columns, rows)


def requests(values: Values) -> Listing:
    """Who asked for erasure, what was answered, and what is still open."""
    columns = (
        Column(N_("Received on"), Kind.DAY),
        Column(N_("Customer no."), Kind.CODE),
        Column(N_("Papers"), Kind.COUNT),
        Column(N_("May be appraised"), Kind.COUNT),
        Column(N_("Kept by law"), Kind.COUNT),
        Column(N_("For legal review"), Kind.COUNT),
        Column(N_("Not decided yet"), Kind.COUNT),
        Column(N_("Answered on"), Kind.DAY),
        Column(N_("Days open"), Kind.COUNT),
        _ENTRY,
    )
    rows = tuple(
        (
            *(one.day, one.customer, one.papers, one.due, one.statutory, one.legal_review),
            *(one.undecided, *_answered(one, values), str(one.entry)),
        )
        for one in values.requests
    )
    return Listing("requests", translate(N_("Requests for erasure")), columns, rows)


def _answered(one: Request, values: Values) -> tuple[Cell, Cell]:
    """Day and days: at once where nothing was for legal review, whose last decision has no day."""
    if not one.legal_review:
        return one.day, 0
    return None, (values.cover.as_of - one.day).days if one.undecided else None


def under_way(values: Values) -> Listing:
    """The batches of disposal that are not over."""
    columns = (
        Column(N_("Batch"), Kind.CODE),
        Column(N_("State"), Kind.LABEL),
        Column(N_("Papers"), Kind.COUNT),
        Column(N_("Since"), Kind.DAY),
        Column(N_("Approval counts until"), Kind.DAY),
    )
    rows = tuple(
        (one.batch, called(BATCH_STATES, one.state), one.records, one.since, one.until)
        for one in values.disposal.open
    )
    return Listing("under_way", translate(N_("Disposal under way")), columns, rows)
