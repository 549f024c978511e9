"""What a periodic report says of disposal: done in the period, and still under way."""

from datetime import timedelta

from archiver.catalogue import batches
from archiver.catalogue.batches import Batch, State
from archiver.catalogue.store import Connection
from archiver.custody import act
from archiver.report.remembered import disposals
from archiver.report.span import Span
from archiver.report.values import Disposal, OnTheWay
from archiver.vault.vault import Vault

_OVER = frozenset({State.DESTROYED, State.REJECTED, State.EMPTIED})
_SHORTENING = frozenset({"approve_shortening", "reappraise"})
"""Acts by which something may be kept less long."""


def disposal(vault: Vault, tx: Connection, span: Span) -> Disposal:
    """The disposal of a month, and what of it is open now."""
    valid = timedelta(days=vault.settings.retention.approval_valid_days)
    found = batches.every(tx)
    return Disposal(
        done=disposals(tx, span.first, span.last),
        open=tuple(_open(one, valid) for one in found if one.state not in _OVER),
        shortenings=tuple(one.id for one in act.waiting(vault, tx) if one.kind in _SHORTENING),
    )


def _open(batch: Batch, valid: timedelta) -> OnTheWay:
    approved = batch.approved_on if batch.state is State.APPROVED else None
    return OnTheWay(
        batch=batch.id,
        state=batch.state.value,
        records=len(batch.inside),
        since=batch.destroyed_on or batch.approved_on or batch.appraised_on,
        until=approved + valid if approved else None,
    )
