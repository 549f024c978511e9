"""`archiver backup`."""

from pathlib import Path

import click

from archiver.catalogue import documents
from archiver.cli.door import leave, located, opened, with_form
from archiver.cli.faults import COLUMNS, fault_row
from archiver.cli.output import Form, Row, progress, rows, say, talk
from archiver.cli.speech import command as spoken
from archiver.core.errors import N_, DeclarationError, ExitCode
from archiver.intake.publish import publish
from archiver.repair.backup import Backup, back_up


@spoken(
    N_(
        "Copy the whole archive into a new folder DIR/<UTC time>, while intake goes on.\n"
        "Papers unchanged since the last backup in DIR share their bytes with it; --full copies"
        " every file anew. What waits in the inbox is not part of it."
    ),
    exits="5 6",
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--full", is_flag=True, help=N_("share nothing with the last backup"))
@with_form
def command(folder: Path, full: bool, form: Form) -> None:
    """Make a backup."""
    into = located(folder)
    with opened() as vault:
        with vault.catalogue.read() as tx:
            total = sum(documents.counts_by_customer(tx).values())
        with progress(N_("Backing up"), total=total) as step:
            made = back_up(vault, into, full=full, progress=step)
        try:
            publish(vault)
        except (
            DeclarationError
        ) as error:  # rules that cannot be followed want a backup all the more
            talk(error.message, **error.facts)
    _tell(made, into / made.name, form)
    leave([ExitCode.DAMAGE] if made.faults else [])


def _tell(made: Backup, folder: Path, form: Form) -> None:
    if form is not Form.TABLE:
        row: Row = {
            "backup": str(folder),
            "made_at": made.made_at.isoformat(timespec="seconds"),
            "head": f"{made.head.seq}:{made.head.leaf}",
            "documents": made.documents,
            "files": made.files,
            "linked": made.linked,
            "bytes": made.bytes,
            "manifest": made.manifest,
            "faults": [fault_row(one) for one in made.faults],
        }
        rows(form, (), [row])
        return
    rows(form, COLUMNS, [fault_row(one) for one in made.faults])
    say(N_("Backup: {folder}"), folder=folder)
    say(
        N_("{documents} papers, {files} files, {bytes} bytes; {linked} files shared"),
        documents=made.documents,
        files=made.files,
        bytes=made.bytes,
        linked=made.linked,
    )
    say(N_("Ledger head {ledger_head}"), ledger_head=f"{made.head.seq}:{made.head.leaf}")
