"""The first act in a vault that was put back: what a backup could not know is written down."""

from collections.abc import Mapping

from archiver.catalogue import customers, decisions, keepings, ledger, numbers
from archiver.custody.ripple import leave
from archiver.custody.stamp import stamp
from archiver.vault.vault import Vault


def begin_again(
    vault: Vault, facts: Mapping[str, ledger.Fact], used: Mapping[str, int] | None = None
) -> None:
    """Write the ledger entry `restoration`.

    A backup holds every paper where its row says, so moves that were under way are over. Holds,
    events and orders from after the backup are lost until somebody enters them again: so no
    appraisal goes on, and nothing can be disposed of during a period of notice.

    Args:
        vault: the restored vault.
        facts: which backup, and which later ledger there was.
        used: series → the last number known to have been given after the backup was made.
    """
    with vault.catalogue.write() as tx:
        for move in decisions.moves(tx):
            decisions.done(tx, move.no)
        for series, number in (used or {}).items():
            numbers.skip(tx, series, number)
        when = stamp(vault, tx)
        ledger.append(tx, when, "restoration", facts)
        for document in keepings.on_the_way(tx):
            leave(tx, when, document, "restored")
        keepings.notice(tx, customers.kinds(tx), when.day)
