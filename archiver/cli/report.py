"""`archiver report`."""

from pathlib import Path

import click

from archiver.cli.door import acting, leave
from archiver.cli.output import Form, Row, progress, rows, say, talk
from archiver.cli.speech import command as spoken
from archiver.core.errors import N_, ExitCode
from archiver.declarations.words import ngettext
from archiver.intake.publish import publish
from archiver.report.contents import headline
from archiver.report.make import Made, make


@spoken(
    N_(
        "Make the periodic report: what is held, due, permanent, open, and whether all is there.\n"
        "It is written to reports/ in the vault as a page, a workbook and plain values."
    ),
    exits="5 6",
)
@click.option("--period", metavar="YYYY-MM", help=N_("the month; the current one if not named"))
@click.option("--deep", is_flag=True, help=N_("read every file"))
@click.option(
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help=N_("put a copy into this folder as well"),
)
@click.option("--json", "as_json", is_flag=True, help=N_("one JSON object a line"))
def command(period: str | None, deep: bool, output: Path | None, as_json: bool) -> None:
    """The report."""
    with acting() as vault:
        with progress(N_("Checking")) as step:
            copy_to = output.absolute() if output else None
            made = make(
                vault, period, deep=deep, copy_to=copy_to, progress=lambda _done, _of: step()
            )
        publish(vault)  # the exported ledger must reach the head that the report prints
    if as_json:
        rows(Form.JSON, (), [_row(made, copy_to)])
    else:
        _tell(made)
    leave([ExitCode.DAMAGE] if made.values.inspection.faults else [])


def _row(made: Made, copy_to: Path | None) -> Row:
    cover = made.values.cover
    levels = [one.level for one in made.values.findings]
    return {
        "period": cover.period,
        "first": cover.first.isoformat(),
        "last": cover.last.isoformat(),
        "as_of": cover.as_of.isoformat(),
        "folder": str(made.folder),
        "copy": str(copy_to) if copy_to else None,
        "files": dict(made.files),
        "ledger_head": f"{cover.seq}:{cover.leaf}",
        "ledger_entry": made.entry,
        **headline(made.values),
        "now": levels.count("now"),
        "soon": levels.count("soon"),
        "note": levels.count("note"),
    }


def _tell(made: Made) -> None:
    figures = headline(made.values)
    levels = [one.level for one in made.values.findings]
    for name in made.files:
        say("{path}", path=made.folder / name)
    held = ngettext(
        "{papers} paper held, {due} due, {permanent} permanent, {exceptions} without a last day",
        "{papers} papers held, {due} due, {permanent} permanent, {exceptions} without a last day",
        figures["papers"],
    )
    say(held, **figures)
    say(
        N_("Findings: {now} now, {soon} soon, {note} for notice"),
        now=levels.count("now"),
        soon=levels.count("soon"),
        note=levels.count("note"),
    )
    if figures["damage"]:
        text = ngettext(
            "Not everything is as recorded: {damage} fault. See: archiver check.",
            "Not everything is as recorded: {damage} faults. See: archiver check.",
            figures["damage"],
        )
        talk(text, **figures)
