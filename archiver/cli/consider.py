"""`archiver review show`."""

from pathlib import Path

import click

from archiver.cli.complete import waiting
from archiver.cli.door import opened, with_form
from archiver.cli.ingest import fields_object
from archiver.cli.look import noted
from archiver.cli.output import Form, Row, rows, say
from archiver.cli.sheet import Sheet
from archiver.cli.speech import command as spoken
from archiver.cli.words import document_named
from archiver.core.errors import N_, UsageError
from archiver.custody.party import directory
from archiver.custody.shown import strip
from archiver.declarations.sentences import sentence
from archiver.review.paper import Paper, look


@spoken(
    N_(
        "Show what must be decided about DOC, and all that speaks for one answer or another.\n"
        "--picture draws the page with a red box around what was read."
    ),
)
@click.argument("doc", shell_complete=waiting)
@click.option("--picture", type=click.Path(path_type=Path), help=N_("where to draw the page (PNG)"))
@with_form
def command(doc: str, form: Form, *, picture: Path | None) -> None:
    """One waiting paper."""
    with opened() as vault:
        document = document_named(vault, doc)
        paper = look(vault, directory(vault), document.id)
        if paper is None:
            raise UsageError(
                N_("nothing about {document} waits for a decision"),
                hint=N_("see it with: archiver show {document}"),
                document=document.id,
            )
        drawn = (
            strip(vault, document, *paper.place, whole=True) if picture and paper.place else None
        )
        if picture and drawn:
            picture.write_bytes(drawn)
        noted(vault, document, "show")
        lines = Sheet(vault.categories, (80, 80)).still(paper)
    if form is not Form.TABLE:
        rows(form, (), [_row(paper, picture if drawn else None)])
        return
    for line in lines:
        click.echo(line)
    if picture and drawn:
        say(N_("Drawn: {path}"), path=picture)
    elif picture:
        say(N_("There is no picture of this paper to draw on."))


def _row(paper: Paper, picture: Path | None) -> Row:
    document, said = paper.document, paper.proposal
    return {
        "document": document.id,
        "source": document.source,
        "path": document.path,
        "proposed_name": said.whose.name if said.whose else None,
        "proposed_category": said.category,
        "category_confidence": paper.confidence,
        "reasons": [{"code": one.code, "text": sentence(one)} for one in paper.questions],
        "candidates": [
            {
                "customer": one.id,
                "customer_name": one.name,
                "reasons": [
                    {"code": why.code, "text": sentence(why)} for why in paper.speaks_for(one)
                ],
            }
            for one in paper.alike
        ],
        "fields": fields_object(paper.fields),
        "why_category": [sentence(one) for one in paper.category_because],
        "picture": str(picture) if picture else None,
    }


command.name = "show"
