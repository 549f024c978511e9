"""`archiver customer merge` and `split`."""

import click

from archiver.catalogue import documents
from archiver.catalogue.customers import under
from archiver.cli.agreed import tell_proposed
from archiver.cli.colour import interactive
from archiver.cli.complete import customers, waiting
from archiver.cli.door import with_form
from archiver.cli.output import Form, rows, say, talk
from archiver.cli.role import working
from archiver.cli.speech import command as spoken
from archiver.cli.words import customer_named, document_named
from archiver.core.errors import N_, UsageError
from archiver.core.model import Customer
from archiver.custody.act import propose
from archiver.custody.matching import rematch
from archiver.custody.split import parting
from archiver.customers.register import merge
from archiver.declarations.codes import PARTIES, called
from archiver.declarations.words import ngettext, translate
from archiver.intake.publish import publish
from archiver.vault.vault import Vault


@spoken(
    N_(
        "Make CUSTOMER and INTO one, who goes on as INTO: entered twice, or taken over.\n"
        "Events, flags and holds of both count for all papers; nothing is kept shorter by it. The"
        " old id, its names and codes mean INTO from now on. To part them again takes two people."
    ),
    exits="8",
)
@click.argument("customer", shell_complete=customers)
@click.argument("into", shell_complete=customers)
@click.option("--yes", is_flag=True, help=N_("do not ask"))
@with_form
def merge_(customer: str, into: str, form: Form, *, yes: bool) -> None:
    """Two become one."""
    with working("merge_customers") as vault:
        old, new = customer_named(vault, customer), customer_named(vault, into)
        if not (yes or old.id == new.id or _agreed(vault, old, new)):
            talk(N_("Nothing was changed."))
            return
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


def _agreed(vault: Vault, old: Customer, new: Customer) -> bool:
    """Whether the person says yes, who is asked where that is possible.

    Raises:
        UsageError: they are parties of different kinds, and nobody is there to be asked.
    """
    facts = {
        **{"old": old.id, "old_name": old.name, "old_kind": called(PARTIES, old.kind)},
        **{"id": new.id, "name": new.name, "kind": called(PARTIES, new.kind)},
    }
    if not interactive():
        if old.kind != new.kind:
            raise UsageError(
                N_("{old} {old_name} ({old_kind}) and {id} {name} ({kind}) are of different kinds"),
                hint=N_("if they are one all the same: archiver customer merge {old} {id} --yes"),
                **facts,
            )
        return True
    with vault.catalogue.read() as tx:
        papers = sum(documents.counts_by_customer(tx).get(one, 0) for one in under(tx, old.id))
    told = ngettext(
        "{old} {old_name} ({old_kind}), {papers} paper, becomes {id} {name} ({kind}).",
        "{old} {old_name} ({old_kind}), {papers} papers, becomes {id} {name} ({kind}).",
        papers,
    )
    talk(told, papers=papers, **facts)
    return click.confirm(translate(N_("Make them one?")), err=True)


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
