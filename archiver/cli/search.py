"""`archiver search`: answers from the index alone, without the catalogue."""

import sys
from dataclasses import replace
from datetime import datetime

import click

from archiver.cli.advice import advise
from archiver.cli.besides import answered
from archiver.cli.cards import show_cards, unmarked
from archiver.cli.door import opened, with_form
from archiver.cli.facets import show_counts
from archiver.cli.narrowed import Filters, with_filters
from archiver.cli.otherwise import Typed
from archiver.cli.output import Form, Row, rows, talk
from archiver.cli.page import Page, with_page
from archiver.cli.paths import list_paths
from archiver.cli.saved import with_saved
from archiver.cli.speech import command as spoken
from archiver.cli.understood import explain as told
from archiver.core.errors import N_, UsageError
from archiver.declarations.findable import read_aliases
from archiver.declarations.thesaurus import read_thesaurus
from archiver.declarations.words import ngettext
from archiver.search.base import Asked, Hit, Results
from archiver.search.parse import parse
from archiver.search.query import All
from archiver.vault.layout import Layout

_MOST, _ALL = 20, sys.maxsize


@spoken(
    N_(
        'Find papers. QUERY: words, "phrases", AND OR NOT, parentheses, field:value, ranges.\n'
        "Fields (Chinese names work too): text title customer category code no plate phone date "
        "added amount state tag. Examples: 合同 AND 华信   category:invoice   date:2024-03"
    ),
    exits="5",
)
@click.argument("query", nargs=-1)
@with_filters
@with_page
@click.option(
    "--facets",
    is_flag=True,
    help=N_(
        "count all hits by category, customer, year and state; with --json or --csv these counts "
        "are written in place of the hits"
    ),
)
@click.option(
    "--paths",
    "listed",
    flag_value="\n",
    help=N_("only where each hit lies, one path a line; all hits without --limit"),
)
@click.option(
    "--null",
    "-0",
    "listed",
    flag_value="\0",
    help=N_("as --paths, each path ended by NUL: xargs -0"),
)
@click.option(
    "--near",
    "wanted",
    is_flag=True,
    help=N_("also, below the others: synonyms, traditional characters, what OCR misreads"),
)
@click.option(
    "--explain",
    "explained",
    is_flag=True,
    help=N_("how QUERY is understood, instead of its answer"),
)
@with_form
@with_saved
def command(
    query: tuple[str, ...],
    form: Form,
    *,
    filters: Filters,
    page: Page,
    facets: bool,
    listed: str | None,
    wanted: bool,
    explained: bool,
) -> None:
    """Find papers."""
    if listed and (facets or form is not Form.TABLE):
        raise UsageError(
            N_("--paths and -0 go with neither --json, --csv nor --facets"),
            hint=N_("search twice"),
        )
    typed = " ".join(query)
    with opened() as vault:
        aliases = read_aliases(vault.layout.index / "fields.toml")
        today = datetime.now(vault.zone).date()
        tree = parse(typed, aliases, today)
        whole = All((tree, *filters.queries(today)))
        said = " ".join(filter(None, (*query, *(value for _, value in filters.typed()))))
        if explained:
            told(form, said, whole, (aliases, read_thesaurus(vault.layout.index)))
            return
        counts_only = facets and form is not Form.TABLE
        most = page.limit or (_ALL if listed else _MOST)
        asked = Asked(whole, today, page.sort, 0 if counts_only else most, page.offset)
        asked = replace(asked, facets=facets, snippets=listed is None)
        how = {"wanted": wanted, "alone": form is Form.TABLE and listed is None}
        found, exact = answered(vault, asked, said, **how)
        if not exact.total:
            asking = Typed(typed, tree, filters, aliases)
            advise(vault, asked, asking, found=found.total > 0, **how)
    if listed:
        list_paths(vault.layout.root, found.hits, null=listed == "\0")
    elif counts_only:
        show_counts(form, found, vault.layout.rules)
    elif form is not Form.TABLE:
        rows(form, (), [_row(hit, at >= len(exact.hits)) for at, hit in enumerate(found.hits)])
    else:
        _pages(vault.layout, found, page.offset, exact=len(exact.hits))


def _pages(layout: Layout, found: Results, offset: int, *, exact: int) -> None:
    """The hits of a page, counts where they were asked for, and which hits of how many."""
    show_cards(layout.root, found.hits, passed=offset, exact=exact)
    if found.facets:
        show_counts(Form.TABLE, found, layout.rules)
    facts = {"shown": len(found.hits), "total": found.total}
    if not found.total:
        return
    if not offset:
        talk(
            ngettext("{shown} of {total} paper", "{shown} of {total} papers", found.total), **facts
        )
    elif found.hits:
        last = offset + len(found.hits)
        talk(N_("{first} to {last} of {total} papers"), first=offset + 1, last=last, **facts)
    else:
        talk(N_("There are {total} papers only."), **facts)


def _row(hit: Hit, near: bool) -> Row:
    return {
        "document": hit.document,
        "score": hit.score,
        "customer": hit.customer,
        "customer_name": hit.customer_name,
        "category": hit.category,
        "date": hit.date.isoformat() if hit.date else None,
        "title": hit.title,
        "path": hit.path,
        "snippet": unmarked(hit.snippet),
        "near": near,
    }
