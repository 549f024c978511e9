"""The field that a word names: by any of its names, in simplified or traditional characters."""

import difflib
from collections.abc import Iterable, Mapping

from archiver.core.errors import N_
from archiver.core.normalise import searchable
from archiver.declarations.findable import FIELDS, called
from archiver.declarations.words import listing
from archiver.search.scripts import rewritten
from archiver.search.tokens import QueryError, Token
from archiver.search.values import Scope


def known_field(token: Token, aliases: Mapping[str, str]) -> Scope:
    """The field that `token` names.

    Args:
        token: what stands before a colon.
        aliases: every word for a field → the field.

    Raises:
        QueryError: no field is called so.
    """
    name = searchable(token.text)
    forms = (name,) if name in aliases or name.isascii() else (name, *rewritten(name))
    for form in forms:
        if form in aliases:
            field = aliases[form]
            return Scope(field, called(field, aliases))
    near = _nearest(forms, aliases)
    raise QueryError(
        N_("character {at}: no field {field}; the fields are {known}"),
        token.at,
        hint=N_("did you mean {near}:? If the colon belongs to what you look for, put it in quotes")
        if near
        else N_("if the colon belongs to what you look for, put it in quotes"),
        field=token.text,
        known=listing(called(one, aliases) for one in FIELDS),
        near=near,
    )


def _nearest(forms: Iterable[str], aliases: Mapping[str, str]) -> str | None:
    """The name written most like a word; of two Han characters one is the same."""
    for form in forms:
        alike = 0.6 if form.isascii() else 0.5
        for name in difflib.get_close_matches(form, aliases, 1, alike):
            return name
    return None
