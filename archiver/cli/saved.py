"""Searches with a name: `search --save`, `--saved`, `--forget`, and `search @NAME …`."""

import functools
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import click
from click.core import ParameterSource

from archiver.cli.door import root
from archiver.cli.near import nearest
from archiver.cli.output import Column, Form, rows, talk
from archiver.core.errors import N_, UsageError
from archiver.declarations.findable import read_aliases
from archiver.search.named import Expanded, expanded, name_of
from archiver.search.parse import parse
from archiver.search.tokens import QueryError, Token
from archiver.vault.layout import Layout
from archiver.vault.saved import find_saved, forget_search, save_search, saved_searches

_NAME = re.compile(r"[\w-]{1,40}")
_SURROGATES = re.compile("[\ud800-\udfff]")
_ALONE = {"save", "saved", "forget", "query", "as_json", "as_csv"}
_COLUMNS = (Column("name", N_("Name"), whole=True), Column("query", N_("Query")))


def with_saved(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give the search its names: `@NAME` reaches it as the query that it stands for."""

    @click.option("--forget", metavar="NAME", help=N_("forget a saved search"))
    @click.option("--saved", is_flag=True, help=N_("list the saved searches"))
    @click.option(
        "--save", metavar="NAME", help=N_("keep QUERY under a name: archiver search @NAME")
    )
    @functools.wraps(function)
    def wrapped(
        *,
        query: tuple[str, ...],
        form: Form,
        save: str | None,
        saved: bool,
        forget: str | None,
        **options: Any,  # noqa: ANN401 - passes through
    ) -> Any:  # noqa: ANN401 - passes through
        said = _SURROGATES.sub("\ufffd", " ".join(query))
        if save is None and forget is None and not saved:
            asked = _expanded(said)
            with _as_typed(asked):
                return function(query=(asked.text,), form=form, **options)
        _refuse_others((save is not None) + (forget is not None) + saved)
        layout = Layout(root())
        if save is not None:
            _save(layout, save, said)
        elif forget is not None:
            _forget(layout, forget, said)
        else:
            _list(layout, form, said)
        return None

    return wrapped


def _refuse_others(actions: int) -> None:
    """Other options would be taken for a part of what is saved, and are not."""
    context = click.get_current_context()
    given = (
        name
        for name in context.params
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    )
    if actions > 1 or set(given) - _ALONE:
        raise UsageError(
            N_("--save, --saved and --forget go with no other option"),
            hint=N_("write filters into the query: category:contract date:[2024 TO 2025]"),
        )


def _save(layout: Layout, name: str, said: str) -> None:
    bare = _bare(name)
    if not _NAME.fullmatch(bare):
        raise UsageError(
            N_("{name} cannot be the name of a search"),
            hint=N_("use letters, digits, Han characters, - and _, at most 40"),
            name=name,
        )
    if not said.strip():
        raise UsageError(
            N_("there is no query to keep"),
            hint=N_("write it behind the name: archiver search --save NAME QUERY"),
        )
    query = _expanded(said)
    with _as_typed(query):
        parse(query.text, read_aliases(layout.index / "fields.toml"), datetime.now(UTC).date())
    save_search(layout, bare, query.text.strip())
    talk(N_("Kept. Ask it with: archiver search @{name}"), name=bare)


def _list(layout: Layout, form: Form, said: str) -> None:
    if said:
        raise UsageError(
            N_("--saved lists the saved searches and takes no words"),
            hint=N_("to ask one of them: archiver search @NAME"),
        )
    found = saved_searches(layout).items()
    rows(form, _COLUMNS, ({"name": name, "query": text} for name, text in found))
    if not found and form is Form.TABLE:
        talk(N_("No search is saved. Keep one with: archiver search --save NAME QUERY"))


def _forget(layout: Layout, name: str, said: str) -> None:
    if said:
        raise UsageError(N_("--forget takes a name and nothing else"))
    if not forget_search(layout, _bare(name)):
        raise _unknown(layout, _bare(name))
    talk(N_("Forgotten: @{name}"), name=_bare(name))


def _bare(name: str) -> str:
    return name.strip().removeprefix("@").removeprefix("＠")


def _expanded(said: str) -> Expanded:
    """The query with saved ones for its names; the file is read only where there are names."""

    def saved(token: Token) -> str:
        layout = Layout(root())
        searches, name = saved_searches(layout), name_of(token) or ""
        known = find_saved(searches, name)
        if known is None:
            unknown = _unknown(layout, name)
            told = N_("character {at}: there is no saved search @{name}")
            raise QueryError(told, token.at, hint=unknown.hint, **unknown.facts)
        return searches[known]

    return expanded(said, saved)


@contextmanager
def _as_typed(query: Expanded) -> Iterator[None]:
    """Errors name a place in what was typed."""
    try:
        yield
    except QueryError as error:
        raise error.moved(query.typed(error.at)) from error


def _unknown(layout: Layout, name: str) -> UsageError:
    near = nearest(name, saved_searches(layout), 1)
    if near:
        hint = N_("did you mean @{near}? What begins with @ can be looked for in quotes")
    else:
        hint = N_("list them: archiver search --saved; put it in quotes to look for these letters")
    return UsageError(
        N_("there is no saved search @{name}"), hint=hint, name=name, near="".join(near)
    )
