"""`archiver ledger`."""

import click

from archiver.catalogue import ledger
from archiver.catalogue.ledger import Head
from archiver.cli.door import opened, with_form
from archiver.cli.output import Form, rows, say
from archiver.cli.speech import Family
from archiver.cli.speech import command as spoken
from archiver.core.errors import N_, DamageFound, UsageError
from archiver.core.proof import head_of


@spoken(
    N_(
        "Verify that no entry was changed, removed or added in between.\n"
        "With --head SEQ:HEX, a head copied out earlier must stand in it."
    ),
    exits="5",
)
@click.option("--head", metavar="SEQ:HEX", help=N_("a head copied out earlier"))
@with_form
def verify(head: str | None, form: Form) -> None:
    """Verify the chain."""
    anchor = _anchor(head) if head else None
    with opened() as vault, vault.catalogue.read() as tx:
        fault = ledger.fault(tx, anchor)
        last = ledger.head(tx)
    if fault:
        raise DamageFound(
            N_("the ledger is not as it was written: {fault}"),
            hint=N_("compare with an exported ledger or a backup"),
            fault=fault,
        )
    if form is not Form.TABLE:
        rows(form, (), [{"entries": last.seq, "head": f"{last.seq}:{last.leaf}"}])
        return
    say(N_("{count} entries, each follows from the one before."), count=last.seq)
    say(N_("Head: {seq}:{leaf}"), seq=last.seq, leaf=last.leaf)


def _anchor(text: str) -> Head:
    found = head_of(text)
    if found is None:
        raise UsageError(
            N_("{text} is not a head"),
            hint=N_("a head is SEQ:HEX, as verify and the report's cover print it"),
            text=text,
        )
    return Head(*found)


command = Family(N_("The log of everything that was done"), (verify,))
