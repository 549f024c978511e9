"""`archiver repair`."""

from pathlib import Path

import click

from archiver.cli.door import acting, leave, with_form
from archiver.cli.faults import COLUMNS, fault_row, offer
from archiver.cli.output import Column, Form, Value, progress, rows, talk
from archiver.cli.speech import command as spoken
from archiver.cli.words import phrase
from archiver.core.errors import N_, ExitCode
from archiver.declarations.words import translate
from archiver.intake.publish import publish
from archiver.repair.repair import Mended, repair


def _yes(value: Value) -> str:
    return translate(N_("yes")) if value else translate(N_("no"))


_COLUMNS = (*COLUMNS[:3], Column("healed", N_("Healed"), _yes), Column("how", N_("How"), phrase))


@spoken(
    N_(
        "Heal what check --deep names: put papers back where they belong, take lost ones from any"
        " sound copy, make anew what can be made anew.\n"
        "Nothing is overwritten or deleted: a damaged file goes to quarantine, with a note."
    ),
    exits="0 2 5 6 9",
)
@click.option(
    "--from",
    "backup",
    metavar="BACKUP",
    type=click.Path(path_type=Path),
    help=N_("the folder of one backup, to take lost papers from"),
)
@click.option("--dry-run", is_flag=True, help=N_("only say what would be done"))
@with_form
def command(backup: Path | None, dry_run: bool, form: Form) -> None:
    """Heal what is not as recorded."""
    with acting() as vault:
        with progress(N_("Checking")) as step:
            found = repair(
                vault,
                backup.resolve() if backup else None,
                dry_run=dry_run,
                progress=lambda _done, _of: step(),
            )
        if not dry_run:
            publish(vault)
        rows(form, _COLUMNS, [_row(one) for one in found])
        left = [one.fault for one in found if not one.healed]
        if form is Form.TABLE:
            offer(vault, left)
    if not found:
        talk(N_("Everything is there and as recorded."))
    elif not left:
        talk(N_("All of it is healed."))
    leave([ExitCode.DAMAGE] if left else [])


def _row(mended: Mended) -> dict[str, str | bool | None]:
    return {**fault_row(mended.fault), "healed": mended.healed, "how": mended.how}
