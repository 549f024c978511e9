"""`archiver restore`."""

from pathlib import Path

import click

from archiver.cli.door import leave, located, login, with_form
from archiver.cli.faults import COLUMNS, fault_row
from archiver.cli.output import Form, Row, progress, rows, say, talk
from archiver.cli.speech import command as spoken
from archiver.core.errors import N_, DeclarationError, ExitCode, UsageError
from archiver.intake.publish import publish
from archiver.repair.check import check
from archiver.repair.fault import Fault
from archiver.repair.reindex import index_all
from archiver.repair.restore import Restored, restore
from archiver.vault.vault import Vault, open_vault


@spoken(
    N_(
        "Make a vault from the backup BACKUP in the new or empty folder INTO, and check it all.\n"
        "With --ledger, papers destroyed or withdrawn after the backup do not come back: FILE is"
        " the newest ledger/current.jsonl that is left."
    ),
    exits="5",
)
@click.argument("backup", metavar="BACKUP", type=click.Path(path_type=Path))
@click.argument("into", metavar="INTO", type=click.Path(path_type=Path))
@click.option(
    "--ledger",
    "later",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=N_("a later ledger of the same vault"),
)
@with_form
def command(backup: Path, into: Path, later: Path | None, form: Form) -> None:
    """Put a backup back."""
    root = located(into)
    if later and not later.is_file():
        raise UsageError(
            N_("{file} is not a file"), hint=N_("name a copy of ledger/current.jsonl"), file=later
        )
    with progress(N_("Restoring")) as step:
        made = restore(located(backup), root, login(), later=later, progress=step)
    with open_vault(root, login()) as vault, progress(N_("Checking")) as step:
        _declared(vault)
        index_all(vault)
        publish(vault)
        found = check(vault, deep=True, progress=lambda _done, _of: step())
        publish(vault)
    named = {one.path for one in made.faults}
    faults = (*made.faults, *(one for one in found if one.path not in named))
    _tell(made, root, faults, form)
    if later is None:
        talk(N_("If papers were destroyed after this backup, restore it anew with --ledger FILE."))
    leave([ExitCode.DAMAGE] if faults else [])


def _declared(vault: Vault) -> None:
    """What the backup has of the rules comes back as it was, even if it cannot be followed.

    Raises:
        DeclarationError: then it says how to go on: the papers are back, their index is not.
    """
    try:
        vault.declared()
    except DeclarationError as error:
        raise DeclarationError(
            error.message,
            code=error.code,
            hint=N_(
                "the papers are back; mend the file in the new vault, then run there:"
                " archiver reindex, archiver check --deep"
            ),
            **error.facts,
        ) from error


def _tell(made: Restored, root: Path, faults: tuple[Fault, ...], form: Form) -> None:
    if form is not Form.TABLE:
        row: Row = {
            "vault": str(root),
            "made_at": made.made_at,
            "head": f"{made.head.seq}:{made.head.leaf}",
            "files": made.files,
            "removed": list(made.removed),
            "faults": [fault_row(one) for one in faults],
        }
        rows(form, (), [row])
        return
    rows(form, COLUMNS, [fault_row(one) for one in faults])
    say(N_("Vault: {folder}"), folder=root)
    say(N_("{files} files as they were on {made_at}"), files=made.files, made_at=made.made_at)
    for document in made.removed:
        say(N_("{document} had left the archive since and left it again"), document=document)
    say(N_("Ledger head {ledger_head}"), ledger_head=f"{made.head.seq}:{made.head.leaf}")
    if not faults:
        say(N_("Everything is there and as recorded."))
