"""The field that a word names: by any of its names, in simplified or traditional characters."""

import difflib
from collections.abc import Mapping

from archiver.core.errors import N_
from archiver.core.normalise import searchable
from archiver.declarations.findable import FIELDS, called
from archiver.declarations.words import listing
from archiver.search.scripts import rewritten
from archiver.search.tokens import QueryError, Token
from archiver.search.values import Scope

_ALIKE = 0.5
"""Of two Han characters one is the same."""


def known_field(token: Token, aliases: Mapping[str, str]) -> Scope:
    """The field that `token` names.

    Args:
        token: what stands before a colon.
        aliases: every word for a field → the field.

    Raises:
        QueryError: no field is called so.
    """
    name = searchable(token.text)
    field = aliases.get(name) or _in_the_other_script(name, aliases)
    if field:
        return Scope(field, called(field, aliases))
    near = difflib.get_close_matches(name, aliases, 1, _ALIKE)
    raise QueryError(
        N_("character {at}: no field {field}; the fields are {known}"),
        token.at,
        hint=N_("did you mean {near}:? If the colon belongs to what you look for, put it in quotes")
        if near
        else N_("if the colon belongs to what you look for, put it in quotes"),
        field=token.text,
        known=listing(called(one, aliases) for one in FIELDS),
        near="".join(near),
    )


def _in_the_other_script(name: str, aliases: Mapping[str, str]) -> str | None:
    if name.isascii():
        return None
    return next((aliases[form] for form in rewritten(name) if form in aliases), None)
