"""`archiver tag`."""

from collections.abc import Sequence

import click

from archiver.catalogue import tags
from archiver.cli.complete import tags as known
from archiver.cli.complete import waiting
from archiver.cli.door import opened, with_form
from archiver.cli.output import Column, Form, Row, plain, rows, say, talk
from archiver.cli.recall import as_number
from archiver.cli.role import working
from archiver.cli.speech import command as spoken
from archiver.cli.words import document_named
from archiver.core.errors import N_, UsageError
from archiver.core.model import Document, DocumentId
from archiver.core.names import readable
from archiver.custody.tag import tag
from archiver.intake.publish import publish
from archiver.vault.vault import Vault

_ALL = (
    Column("tag", N_("Tag")),
    Column("documents", N_("Papers"), whole=True),
)


@spoken(
    N_(
        "Put tags on papers and take them off: words of your own, to find the papers by.\n"
        "Every DOC is a paper, and every tag stands behind --add or --remove, so that neither is "
        "taken for the other:\n"
        "archiver tag 1 3 D000012 --add urgent --remove unpaid\n"
        "Without --add and --remove: the tags of each DOC. Upper and lower case are one tag; "
        "to put on a tag twice changes nothing.\n"
        "Find them: archiver search tag:urgent"
    ),
    exits="8",
)
@click.argument("docs", metavar="[DOC…]", nargs=-1, shell_complete=waiting)
@click.option(
    "--add", "-a", multiple=True, metavar="TAG", shell_complete=known, help=N_("put it on each DOC")
)
@click.option(
    "--remove",
    "-r",
    multiple=True,
    metavar="TAG",
    shell_complete=known,
    help=N_("take it off each DOC that has it"),
)
@click.option(
    "--list",
    "every",
    is_flag=True,
    help=N_("all tags, with the number of documents that have each"),
)
@with_form
def command(
    docs: tuple[str, ...],
    add: tuple[str, ...],
    remove: tuple[str, ...],
    form: Form,
    *,
    every: bool,
) -> None:
    """Tags."""
    if every == bool(docs) or (every and (add or remove)):
        raise UsageError(
            N_("say which papers are meant, or --list alone"),
            hint=N_("archiver tag DOC --add TAG, archiver tag DOC, or archiver tag --list"),
        )
    if every:
        _list(form)
    elif add or remove:
        with working("document") as vault:
            named = _named(vault, docs)
            tag(vault, named, add=add, remove=remove)
            publish(vault)
            _tell(vault, named, form)
    else:
        with opened() as vault:
            _tell(vault, _named(vault, docs), form)


def _named(vault: Vault, docs: Sequence[str]) -> list[DocumentId]:
    """The documents that a person named, each once.

    Raises:
        UsageError: there is no such document; after the first one, how a tag is given.
        Refused: one has left the archive.
    """
    found: list[Document] = []
    for one in docs:
        try:
            found.append(document_named(vault, one))
        except UsageError:
            if not found or as_number(one) is not None:
                raise
            raise UsageError(
                N_("no document {name}"),
                hint=N_("if it is a tag: archiver tag {document} --add {name}"),
                document=found[0].id,
                name=readable(one),
            ) from None
    return list(dict.fromkeys(one.joined_to or one.id for one in found))


def _tell(vault: Vault, named: Sequence[DocumentId], form: Form) -> None:
    """The tags of each document."""
    with vault.catalogue.read() as tx:
        have = tags.of(tx, named)
    found: list[Row] = [
        {"document": one, "tags": list(have.get(one, {}).values())} for one in named
    ]
    if form is not Form.TABLE:
        rows(form, (), found)
        return
    for row in found:
        line = N_("{document}: {tags}") if row["tags"] else N_("{document} has no tags")
        say(line, document=row["document"], tags=plain(row["tags"]))


def _list(form: Form) -> None:
    with opened() as vault, vault.catalogue.read() as tx:
        found = tags.known(tx)
    if not rows(form, _ALL, ({"tag": word, "documents": count} for word, count in found)):
        talk(N_("No paper has a tag: archiver tag DOC --add TAG"))
