"""`archiver search --explain`: what a query means, before anybody is astonished by its answer."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from archiver.cli.output import Form, Row, Value, objects, paragraph, plain, rows
from archiver.core.errors import N_
from archiver.declarations.codes import PAPER_STATES
from archiver.declarations.codes import called as called_by
from archiver.declarations.findable import called
from archiver.declarations.thesaurus import Thesaurus
from archiver.declarations.words import translate
from archiver.search.near import Forms, forms, needless
from archiver.search.query import (
    All,
    AnyOf,
    Everything,
    InState,
    Not,
    Present,
    Query,
    Text,
    Wildcard,
    Within,
)

_INDENT = 2
_JOINED = {"all": N_("all of these:"), "any": N_("any of these:"), "not": N_("but not:")}
_LEAVES = {
    "everything": N_("every paper"),
    "text": N_("“{value}” in one piece, anywhere"),
    "text customer": N_("{field}: “{value}” is the id, or stands in a name"),
    "text category": N_("{field}: “{value}” is the code, or a whole label"),
    "text field": N_("{field}: “{value}” in one piece"),
    "wildcard": N_("a word like {value}, anywhere"),
    "wildcard field": N_("{field}: a word like {value}"),
    "present field": N_("{field}: any value"),
    "state field": N_("{field}: {value}"),
    "range field": N_("{field}: from {low} to {high}"),
    "range field equal": N_("{field}: {low}"),
    "range field low": N_("{field} ≥ {low}"),
    "range field high": N_("{field} ≤ {high}"),
}


def explain(
    form: Form, said: str, query: Query, known: tuple[Mapping[str, str], Thesaurus]
) -> None:
    """Print how a query was understood: a line for each part of it, or one object.

    Args:
        form: how it is printed.
        said: what was typed.
        query: what it was understood to be.
        known: every word for a field → the field; and what the second try knows.
    """
    aliases, words = known
    asked = plainly(query)
    tree = _node(asked, _Second(forms(asked, words), words))
    if form is not Form.TABLE:
        rows(form, (), [{"query": said, "tree": tree}])
        return
    for depth, line in _lines(tree, aliases, 0):
        paragraph(" " * depth + line, hang=depth + _INDENT)


def plainly(query: Query) -> Query:
    """The same without the brackets that change nothing: those of the command's options."""
    if not isinstance(query, All):
        return query
    parts: list[Query] = []
    for one in map(plainly, query.queries):
        parts.extend(one.queries if isinstance(one, All) else [one])
    said = [one for one in parts if not isinstance(one, Everything)]
    return All(tuple(said)) if len(said) > 1 else said[0] if said else Everything()


class _Second(NamedTuple):
    """What the second try would make of the words."""

    forms: Forms
    words: Thesaurus


def _node(query: Query, second: _Second | None, *, little: bool = False) -> Row:
    """A part with what is in it, for scripts: every key is always there.

    Args:
        query: the part.
        second: None where the second try changes nothing: under a NOT.
        little: the second try leaves it out.
    """
    match query:
        case Not(part):
            return _row("not", parts=[_node(part, None)])
        case AnyOf(parts):
            return _row("any", parts=[_node(one, second) for one in parts])
        case All(parts):
            out = needless(parts, second.words) if second else ()
            return _row("all", parts=[_node(one, second, little=one in out) for one in parts])
        case Text(needle, field):
            near = second.forms.get(query, ()) if second and not little else ()
            others = [one.needle for one in near]
            return _row("text", field=field, value=needle, near=others, left_out=little)
        case _:
            return _known(query)


def _known(query: Query) -> Row:
    """What the second try leaves as it is."""
    match query:
        case Wildcard(pattern, field):
            return _row("wildcard", field=field, value=pattern)
        case Present(field):
            return _row("present", field=field)
        case InState(state):
            return _row("state", field="state", value=state)
        case Within(field, low, high):
            return _row("range", field=field, low=_step(field, low), high=_step(field, high))
        case _:
            return _row("everything")


def _row(kind: str, **facts: Value) -> Row:
    empty: dict[str, Value] = dict.fromkeys(("field", "value", "low", "high"))
    return {"kind": kind, **empty, "near": [], "left_out": False, "parts": [], **facts}


def _step(field: str, step: int | None) -> str | None:
    """A bound as people write it: a day, or an amount with its hundredths."""
    if step is None:
        return None
    if field == "amount":
        whole, rest = divmod(abs(step), 100)
        return f"{'-' if step < 0 else ''}{whole}.{rest:02}"
    return date.fromordinal(step).isoformat()


def _lines(node: Row, aliases: Mapping[str, str], depth: int) -> Iterator[tuple[int, str]]:
    """Each part on a line, with its depth in blanks; what is in it below it."""
    kind = plain(node["kind"])
    yield depth, translate(_JOINED[kind]) if kind in _JOINED else _sentence(node, aliases)
    for part in objects(node["parts"]):
        yield from _lines(part, aliases, depth + _INDENT)


def _sentence(node: Row, aliases: Mapping[str, str]) -> str:
    value, field = plain(node["value"]), plain(node["field"])
    facts = {
        "field": called(field, aliases) if field else "",
        "value": called_by(PAPER_STATES, value) if node["kind"] == "state" else value,
        "low": plain(node["low"]),
        "high": plain(node["high"]),
    }
    told = translate(_LEAVES[_which(node)]).format(**facts)
    if node["left_out"]:
        return translate(N_("{told} (the second try leaves it out)")).format(told=told)
    if not node["near"]:
        return told
    return translate(N_("{told}; near it: {besides}")).format(
        told=told, besides=plain(node["near"])
    )


def _which(node: Row) -> str:
    """The sentence that fits a leaf."""
    kind, field = plain(node["kind"]), node["field"]
    if field is None:
        return kind
    own = f"{kind} {field}"
    if own in _LEAVES:
        return own
    ends = {
        (True, True): "range field equal" if node["low"] == node["high"] else "range field",
        (True, False): "range field low",
        (False, True): "range field high",
        (False, False): "present field",
    }
    return (
        ends[node["low"] is not None, node["high"] is not None]
        if kind == "range"
        else f"{kind} field"
    )
