"""Whether a destruction would be refused, asked before a person is asked to confirm it."""

from collections.abc import Collection

from archiver.custody.candidate import refuse
from archiver.custody.disposal import first_day, inside, open_batch
from archiver.custody.person import acting, same
from archiver.custody.stamp import today
from archiver.custody.standing import terms_of
from archiver.judge.disposal import may_destroy
from archiver.vault.vault import Vault


def look_ahead(vault: Vault, batch: str, witnesses: Collection[str]) -> None:
    """Refuse what `custody.destruction` would refuse as a whole; it looks at everything again.

    What is about the act (too early, no witness) is told before what is about one record.

    Args:
        vault: the open vault.
        batch: its id.
        witnesses: ids of persons.

    Raises:
        UsageError: there is no such batch, or it is over.
        Refused: none of it may be destroyed now.
    """
    with vault.catalogue.write() as tx:
        day, found = today(vault, tx), open_batch(tx, batch)
        executor = same(vault, tx, acting(vault, tx))
        seen = {same(vault, tx, one) for one in witnesses}
        refused = []
        for one in inside(vault, tx, batch, day):
            code = may_destroy(
                one.answer,
                one.standing,
                today=day,
                terms=terms_of(vault),
                executor=executor,
                witnesses=seen,
            )
            if code is None:
                return
            refused.append((code == one.answer.block_reason, one, code))
        own = [one for one in refused if not one[0]]
        for _, one, code in (own or refused)[:1]:
            first = first_day(found, vault.settings.retention.cooling_off_days)
            refuse(code, one, vault, first=first)
