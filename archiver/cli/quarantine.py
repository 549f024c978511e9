"""`archiver quarantine`."""

import click

from archiver.catalogue import receipts
from archiver.catalogue.receipts import Receipt
from archiver.cli.complete import quarantined
from archiver.cli.door import leave, opened, with_form
from archiver.cli.output import Column, Form, Row, paragraph, rows, say, talk
from archiver.cli.speech import Family
from archiver.cli.speech import command as spoken
from archiver.cli.words import reason_list
from archiver.core.errors import N_, ExitCode, UsageError
from archiver.core.model import Outcome, ReceiptId
from archiver.declarations.sentences import sentence

_COLUMNS = (
    Column("receipt", N_("Receipt"), whole=True),
    Column("source", N_("File")),
    Column("reasons", N_("Why, and what to do"), reason_list),
)


def _row(receipt: Receipt) -> Row:
    return {
        "receipt": receipt.id,
        "source": receipt.source,
        "day": receipt.day.isoformat(),
        "sha256": receipt.digest,
        "size": receipt.size,
        "path": receipt.path,
        "reasons": [{"code": one.code, "text": sentence(one)} for one in receipt.reasons],
    }


@spoken(N_("List what could not be taken in, why, and what to do."), exits="0 2 4")
@with_form
def list_(form: Form) -> None:
    """The quarantine."""
    with opened() as vault, vault.catalogue.read() as tx:
        found = receipts.aside(tx)
    count = rows(form, _COLUMNS, (_row(one) for one in found))
    if not count:
        talk(N_("Nothing is in quarantine."))
    leave([ExitCode.PERSON_NEEDED] if count else [])


@spoken(N_("Show one quarantined file: its reason and where it lies."), exits="0 2")
@click.argument("receipt", shell_complete=quarantined)
@with_form
def show(receipt: str, form: Form) -> None:
    """One quarantined file."""
    with opened() as vault, vault.catalogue.read() as tx:
        found = receipts.get(tx, ReceiptId(receipt))
    if found is None or found.outcome is not Outcome.QUARANTINED:
        raise UsageError(
            N_("no quarantined file {name}"),
            hint=N_("see them with: archiver quarantine list"),
            name=receipt,
        )
    if form is not Form.TABLE:
        rows(form, (), [_row(found)])
        return
    for one in found.reasons:
        paragraph(sentence(one))
    say(N_("File as dropped: {source}"), source=found.source)
    say(N_("It lies at: {path}"), path=found.path)
    say(N_("SHA-256: {digest}"), digest=found.digest)


list_.name = "list"
command = Family(N_("Files that could not be taken in"), (list_, show))
