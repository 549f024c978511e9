"""`archiver document`."""

import click

from archiver.cli.complete import waiting
from archiver.cli.door import acting, with_form
from archiver.cli.output import Form, rows, say, talk
from archiver.cli.role import working
from archiver.cli.speech import Family
from archiver.cli.speech import command as spoken
from archiver.cli.words import document_named
from archiver.core.errors import N_, UsageError
from archiver.custody import disposal
from archiver.custody.place import set_case
from archiver.declarations.sentences import sentence
from archiver.intake.publish import publish
from archiver.review import series
from archiver.vault.vault import Vault


@spoken(
    N_(
        "Make one document of several files, such as photographs of the pages of one contract.\n"
        "They keep their order; the first one speaks for all of them. Without DOC: what may belong"
        " together."
    ),
)
@click.argument("docs", metavar="[DOC DOC…]", nargs=-1)
@with_form
def join(docs: tuple[str, ...], form: Form) -> None:
    """Join files."""
    with working("document") as vault:
        if not docs:
            _proposals(vault, form)
            return
        document = series.join(vault, [document_named(vault, one) for one in docs])
        publish(vault)
        if form is not Form.TABLE:
            still_open = [sentence(one) for one in document.open]
            rows(
                form,
                (),
                [
                    {
                        "document": document.id,
                        "files": len(docs),
                        "path": document.path,
                        "open": still_open,
                    }
                ],
            )
            return
        say(
            N_("{count} files are one document now: {document} {path}"),
            count=len(docs),
            document=document.id,
            path=document.path,
        )
        for because in document.open:
            say(N_("Still to decide: {reason}"), reason=sentence(because))


def _proposals(vault: Vault, form: Form) -> None:
    """What may belong together, for people or for scripts."""
    if form is not Form.TABLE:
        found = series.proposals(vault)
        rows(form, (), [{"documents": [one.id for one in group]} for group in found])
    elif not suggest(vault):
        talk(N_("No photographs look like pages of one paper."))


@spoken(N_("Undo a joining: every file of DOC is by itself again, as it was before."))
@click.argument("doc")
def part(doc: str) -> None:
    """Part files."""
    with working("document") as vault:
        for one in series.part(vault, document_named(vault, doc)):
            told = N_("{document} waits for a decision: {path}")
            said = told if one.open else N_("{document} filed: {path}")
            say(said, document=one.id, path=one.path)
        publish(vault)


@spoken(
    N_(
        "Say to which case DOC belongs: the NUMBER of a work order, of a vehicle …; or --none.\n"
        "Rules may count from what happened to a case. Nothing is kept shorter by it."
    ),
    exits="8",
)
@click.argument("doc", shell_complete=waiting)
@click.argument("number", required=False)
@click.option("--none", is_flag=True, help=N_("it belongs to no case"))
@with_form
def case(doc: str, number: str | None, form: Form, *, none: bool) -> None:
    """Another case."""
    if none == bool(number and number.strip()):
        raise UsageError(
            N_("no case is named"),
            hint=N_("archiver document case DOC NUMBER, or archiver document case DOC --none"),
        )
    with working("document") as vault:
        document = document_named(vault, doc)
        case_no = None if none or number is None else " ".join(number.split())
        paper = set_case(vault, document.id, case_no)
        publish(vault)
    if form is not Form.TABLE:
        rows(form, (), [{"document": paper.id, "case": case_no}])
    elif case_no is None:
        say(N_("{document} belongs to no case"), document=paper.id)
    else:
        say(N_("{document} belongs to case {case}"), document=paper.id, case=case_no)


def suggest(vault: Vault) -> int:
    """Say which photographs may be pages of one paper, and how to join them; gives how many."""
    found = series.proposals(vault)
    for group in found:
        talk(
            N_("{first} … {last}: {count} photographs may be pages of one paper. If so:"),
            first=group[0].source,
            last=group[-1].source,
            count=len(group),
        )
        click.echo(f"  archiver document join {' '.join(one.id for one in group)}", err=True)
    return len(found)


@spoken(
    N_(
        "Delete DOC: always refused, with what can be done instead. A paper leaves when it is due "
        "and two people agree, or as a wrong drop. That somebody tried is written to the ledger."
    ),
    exits="8",
)
@click.argument("doc")
def delete(doc: str) -> None:
    """Delete."""
    with acting() as vault:
        disposal.delete(vault, document_named(vault, doc).id)


command = Family(
    N_("Join several files into one document; its case; what to do instead of deleting one"),
    (join, part, case, delete),
)
