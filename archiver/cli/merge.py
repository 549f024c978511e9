"""`archiver customer merge` and `split`."""

import click

from archiver.cli.agreed import tell_proposed
from archiver.cli.complete import customers, waiting
from archiver.cli.door import with_form
from archiver.cli.output import Form, rows, say
from archiver.cli.role import working
from archiver.cli.speech import command as spoken
from archiver.cli.words import customer_named, document_named
from archiver.core.errors import N_
from archiver.custody.act import propose
from archiver.custody.matching import rematch
from archiver.custody.split import parting
from archiver.customers.register import merge
from archiver.intake.publish import publish


@spoken(
    N_(
        "Make CUSTOMER and INTO one, who goes on as INTO: entered twice, or taken over.\n"
        "Events, flags and holds of both count for all papers; nothing is kept shorter by it. The"
        " old id, its names and codes mean INTO from now on."
    ),
    exits="8",
)
@click.argument("customer", shell_complete=customers)
@click.argument("into", shell_complete=customers)
@with_form
def merge_(customer: str, into: str, form: Form) -> None:
    """Two become one."""
    with working("merge_customers") as vault:
        old, new = customer_named(vault, customer), customer_named(vault, into)
        now = merge(vault, old.id, new.id)
        filed = rematch(vault)
        publish(vault)
    if form is not Form.TABLE:
        rows(form, (), [{"customer": old.id, "merged_into": now.id, "name": now.name}])
        return
    say(
        N_("{old} {old_name} is {id} {name} now"),
        old=old.id,
        old_name=old.name,
        id=now.id,
        name=now.name,
    )
    for one in filed:
        say(N_("{document} filed too: {path}"), document=one.archive_no, path=one.path)


@spoken(
    N_(
        "Propose that the papers DOC… of CUSTOMER are another one's, who is called NEW.\n"
        "A second person must confirm it with archiver act confirm. What happened so far, flags and"
        " holds are those of both then; what happens later is each one's own."
    ),
    exits="4 6 8",
)
@click.argument("customer", shell_complete=customers)
@click.argument("docs", metavar="DOC…", nargs=-1, required=True, shell_complete=waiting)
@click.option("--name", required=True, help=N_("what the new customer is called"))
@click.option("--reason", help=N_("why they are two, in a sentence"))
@with_form
def split(
    customer: str, docs: tuple[str, ...], form: Form, *, name: str, reason: str | None
) -> None:
    """One becomes two."""
    with working() as vault:
        whose = customer_named(vault, customer)
        papers = [document_named(vault, one).id for one in docs]
        said = parting(papers, name)
        act = propose(vault, "split_customer", whose.id, reason, terms=said)
        publish(vault)
    tell_proposed(
        act,
        form,
        N_("{subject} is parted when a second person says yes: archiver act confirm {act}"),
    )


merge_.name = "merge"
