"""`archiver open`."""

import click

from archiver.cli.complete import waiting
from archiver.cli.door import opened
from archiver.cli.look import noted
from archiver.cli.output import talk
from archiver.cli.speech import command as spoken
from archiver.cli.viewer import view
from archiver.cli.words import document_named
from archiver.core.errors import N_, DamageFound


@spoken(
    N_(
        "Open a paper in the program this desktop has for it.\n"
        "DOC is a number of the last search, an id, an archive number, a path or the start of its "
        "SHA-256."
    ),
    exits="5",
)
@click.argument("doc", shell_complete=waiting)
@click.option("--print", "only_path", is_flag=True, help=N_("only print where the file lies"))
def command(doc: str, only_path: bool) -> None:
    """Look at one paper."""
    with opened() as vault:
        document = document_named(vault, doc)
        path = vault.layout.root / document.path
        if not path.is_file():
            raise DamageFound(
                N_("{path} is missing"),
                hint=N_("find out what else is: archiver check"),
                path=document.path,
            )
        noted(vault, document, "open")
    click.echo(path)
    if only_path:
        return
    program = view(path)
    if program:
        talk(N_("Opened with {program}."), program=program)
    else:
        talk(N_("There is no desktop here to open it on; above is where the file lies."))
