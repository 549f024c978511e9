"""`archiver check`."""

import click

from archiver.cli.door import leave, opened, with_form
from archiver.cli.faults import advise, tell
from archiver.cli.output import Form, progress, talk
from archiver.cli.speech import command as spoken
from archiver.core.errors import N_, ExitCode
from archiver.repair.check import check


@spoken(
    N_(
        "Compare the store, the index and the ledger with the catalogue.\n"
        "With --deep every file is read and its SHA-256 compared."
    ),
    exits="0 2 5 9",
)
@click.option("--deep", is_flag=True, help=N_("read every file"))
@with_form
def command(deep: bool, form: Form) -> None:
    """Is everything there, unaltered?"""
    with opened() as vault:
        with progress(N_("Checking")) as step:
            found = check(vault, deep=deep, progress=lambda _done, _of: step())
        tell(form, found)
        if form is Form.TABLE:
            advise(vault, found)
    if not found:
        talk(N_("Everything is there and as recorded."))
    leave([ExitCode.DAMAGE] if found else [])
