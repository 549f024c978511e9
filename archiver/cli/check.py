"""`archiver check`."""

import click

from archiver.cli.door import leave, opened, with_form
from archiver.cli.output import Column, Form, progress, rows, talk
from archiver.cli.speech import command as spoken
from archiver.cli.words import phrase, word
from archiver.core.errors import N_, ExitCode
from archiver.declarations.codes import FAULTS
from archiver.repair.check import Fault, check

COLUMNS = (
    Column("kind", N_("Kind"), word(FAULTS)),
    Column("document", N_("Document"), whole=True),
    Column("path", N_("Path")),
    Column("detail", N_("Found"), phrase),
)


@spoken(
    N_(
        "Compare the store, the index and the ledger with the catalogue.\n"
        "With --deep every file is read and its SHA-256 compared."
    ),
    exits="0 2 5",
)
@click.option("--deep", is_flag=True, help=N_("read every file"))
@with_form
def command(deep: bool, form: Form) -> None:
    """Is everything there, unaltered?"""
    with opened() as vault, progress(N_("Checking")) as step:
        found = check(vault, deep=deep, progress=lambda _done, _of: step())
    rows(form, COLUMNS, ([fault_row(one) for one in found]))
    for fault in found:
        if fault.kind == "extra" and form is Form.TABLE:
            talk(N_("to take it in: archiver ingest '{path}'"), path=fault.path)
    if not found:
        talk(N_("Everything is there and as recorded."))
    leave([ExitCode.DAMAGE] if found else [])


def fault_row(fault: Fault) -> dict[str, str | None]:
    """The published object for one fault."""
    return {
        "kind": fault.kind,
        "document": fault.document,
        "path": fault.path,
        "detail": fault.detail,
    }
