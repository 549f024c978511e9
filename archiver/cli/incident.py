"""`archiver incident`: damage that two people have not settled yet."""

import click

from archiver.catalogue import documents, incidents
from archiver.catalogue.incidents import Incident
from archiver.cli.agreed import tell_proposed
from archiver.cli.complete import damaged
from archiver.cli.door import opened, with_form
from archiver.cli.faults import warn
from archiver.cli.output import Column, Form, Row, rows, talk
from archiver.cli.role import working
from archiver.cli.speech import Family
from archiver.cli.speech import command as spoken
from archiver.cli.words import document_named, word
from archiver.core.errors import N_
from archiver.core.model import Document, DocumentId
from archiver.custody.act import propose
from archiver.declarations.codes import FAULTS
from archiver.intake.publish import publish

_COLUMNS = (
    Column("incident", N_("Incident"), whole=True),
    Column("document", N_("Document"), whole=True),
    Column("title", N_("Title"), most=18),
    Column("kind", N_("What"), word(FAULTS), whole=True),
    Column("opened_on", N_("Found on"), whole=True),
    Column("closed_on", N_("Closed on"), whole=True),
    Column("resolution", N_("How it ended")),
)


@spoken(N_("List what checks found damaged and two people have not settled yet."))
@click.option("--all", "every", is_flag=True, help=N_("also what is closed"))
@with_form
def list_(form: Form, *, every: bool) -> None:
    """The incidents."""
    with opened() as vault, vault.catalogue.read() as tx:
        found = incidents.every(tx) if every else incidents.of(tx)
        papers = {one.id: one for one in documents.some(tx, {one.document for one in found})}
    rows(form, _COLUMNS, [_row(one, papers.get(one.document)) for one in found])
    if any(one.open for one in found):
        talk(N_("Heal it: archiver repair. Then: archiver incident close DOC --reason TEXT"))
    elif not found:
        talk(N_("No incident is open."))


def _row(incident: Incident, paper: Document | None) -> Row:
    return {
        "incident": incident.id,
        "document": incident.document,
        "title": paper.title if paper else None,
        "kind": incident.kind,
        "opened_on": incident.opened_on.isoformat(),
        "closed_on": incident.closed_on.isoformat() if incident.closed_on else None,
        "resolution": incident.resolution,
    }


@spoken(
    N_(
        "Propose that the damage of DOC is repaired or explained; a second person must confirm it "
        "with archiver act confirm.\n"
        "That counts as a good check of the paper. Until then nothing of it can be disposed of."
    ),
    exits="4 6 8",
)
@click.argument("doc", shell_complete=damaged)
@click.option("--reason", help=N_("how it ended, in a sentence; kept with the incident"))
@with_form
def close(doc: str, form: Form, *, reason: str | None) -> None:
    """Propose to close the incidents of a document."""
    with working() as vault:
        document = document_named(vault, doc)
        head: DocumentId = document.joined_to or document.id
        act = propose(vault, "close_incident", head, reason)
        publish(vault)
        warn(vault, head)
    tell_proposed(
        act,
        form,
        N_(
            "The incidents of {subject} end when a second person says yes: archiver act"
            " confirm {act}"
        ),
    )


list_.name = "list"
command = Family(N_("Damage that two people have not settled"), (list_, close))
