"""`archiver search`: answers from the index alone, without the catalogue."""

import importlib
import sys
from dataclasses import replace
from datetime import date, datetime

import click

from archiver.cli.besides import answered
from archiver.cli.cards import show_cards, unmarked
from archiver.cli.complete import categories, customers
from archiver.cli.door import opened, with_form
from archiver.cli.facets import show_counts
from archiver.cli.meant import told_meant
from archiver.cli.output import Form, Row, rows, talk
from archiver.cli.paths import list_paths
from archiver.cli.saved import with_saved
from archiver.cli.speech import command as spoken
from archiver.cli.understood import explain as told
from archiver.core.errors import N_, UsageError
from archiver.core.normalise import searchable
from archiver.declarations.findable import read_aliases
from archiver.declarations.thesaurus import read_thesaurus
from archiver.declarations.words import ngettext
from archiver.search.base import Asked, Hit, Results
from archiver.search.parse import parse
from archiver.search.query import All, Query, Text, Within
from archiver.search.ranges import days
from archiver.vault.layout import Layout
from archiver.vault.vault import Vault

_WORDS = "archiver.cli.words"
"""Needs the catalogue, for which a search that finds something must not wait."""
_SORTS = ("score", "date", "added", "customer")
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
@click.option(
    "--category", "-c", shell_complete=categories, help=N_("only this category (code or label)")
)
@click.option(
    "--customer",
    "-n",
    shell_complete=customers,
    help=N_("only this customer (id or part of the name)"),
)
@click.option("--from", "from_day", metavar="D", help=N_("papers dated on or after D"))
@click.option("--to", "to_day", metavar="D", help=N_("papers dated on or before D"))
@click.option("--sort", type=click.Choice(_SORTS), default="score", help=N_("order of the hits"))
@click.option("--limit", type=click.IntRange(1, 10000), help=N_("how many hits; 20 without it"))
@click.option("--offset", type=click.IntRange(0), default=0, help=N_("how many hits to pass over"))
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
    "how",
    flag_value="near",
    help=N_("also, below the others: synonyms, traditional characters, what OCR misreads"),
)
@click.option(
    "--explain",
    "how",
    flag_value="explain",
    help=N_("how QUERY is understood, instead of its answer"),
)
@with_form
@with_saved
def command(
    query: tuple[str, ...],
    form: Form,
    *,
    sort: str,
    limit: int | None,
    offset: int,
    facets: bool,
    listed: str | None,
    how: str | None,
    **filters: str | None,
) -> None:
    """Find papers."""
    if listed and (facets or form is not Form.TABLE):
        raise UsageError(
            N_("--paths and -0 go with neither --json, --csv nor --facets"),
            hint=N_("search twice"),
        )
    most = limit or (_ALL if listed else _MOST)
    with opened() as vault:
        aliases = read_aliases(vault.layout.index / "fields.toml")
        today = datetime.now(vault.zone).date()
        tree = All((parse(" ".join(query), aliases, today), *_narrowing(today, **filters)))
        said = " ".join(filter(None, (*query, *filters.values())))
        if how == "explain":
            told(form, said, tree, (aliases, read_thesaurus(vault.layout.index)))
            return
        counts_only = facets and form is not Form.TABLE
        asked = Asked(tree, today, sort, 0 if counts_only else most, offset)
        asked = replace(asked, facets=facets, snippets=listed is None)
        alone = form is Form.TABLE and listed is None
        found, exact = answered(vault, asked, said, wanted=how == "near", alone=alone)
        if not found.total and not (
            alone and told_meant(vault.search, asked, " ".join(query), filters)
        ):
            _advise(vault, filters["category"], filters["customer"])
    if listed:
        list_paths(vault.layout.root, found.hits, null=listed == "\0")
    elif counts_only:
        show_counts(form, found, vault.layout.rules)
    elif form is not Form.TABLE:
        rows(form, (), [_row(hit, at >= exact) for at, hit in enumerate(found.hits)])
    else:
        _pages(vault.layout, found, offset)


def _pages(layout: Layout, found: Results, offset: int) -> None:
    """The hits of a page, counts where they were asked for, and which hits of how many."""
    show_cards(layout.root, found.hits)
    if found.facets:
        show_counts(Form.TABLE, found, layout.rules)
    facts = {"shown": len(found.hits), "total": found.total}
    if not offset:
        talk(
            ngettext("{shown} of {total} paper", "{shown} of {total} papers", found.total), **facts
        )
    elif found.hits:
        last = offset + len(found.hits)
        talk(N_("{first} to {last} of {total} papers"), first=offset + 1, last=last, **facts)
    elif found.total:
        talk(N_("There are {total} papers only."), **facts)


def _narrowing(
    today: date,
    *,
    category: str | None,
    customer: str | None,
    from_day: str | None,
    to_day: str | None,
) -> list[Query]:
    """The filters of the command line as queries."""
    found: list[Query] = [
        Text(value, field)
        for field, value in (("category", category), ("customer", customer))
        if value
    ]
    first, last = _days("--from", from_day, today), _days("--to", to_day, today)
    if first and last and last[1] < first[0]:
        raise UsageError(N_("--from is after --to"), hint=N_("the earlier day comes first"))
    if first or last:
        found.append(Within("date", first and first[0], last and last[1]))
    return found


def _days(option: str, text: str | None, today: date) -> tuple[int, int] | None:
    """The first and the last day of what an option names."""
    if text is None:
        return None
    found = days(searchable(text), today)
    if found is None:
        raise UsageError(
            N_("{option}: {text} is no day, month or year"),
            hint=N_("write it as 2024-05-01, 2024-05, 2024 or last-month"),
            option=option,
            text=text,
        )
    return found


def _advise(vault: Vault, category: str | None, customer: str | None) -> None:
    """Nothing was found: perhaps the category or the customer is not known at all."""
    unknown: UsageError | None = None
    if category or customer:
        unknown = importlib.import_module(_WORDS).unknown(vault, category, customer)
    if unknown:
        talk(unknown.message, **unknown.facts)
        talk(unknown.hint, **unknown.facts)
    else:
        talk(
            N_(
                "Nothing found. Fewer words find more; date:2024-06 is a month, phone:138* begins"
                " so."
            )
        )


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
