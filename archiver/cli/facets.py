"""Counts of all hits by what they are, below the hits or alone for scripts."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from archiver.cli.lines import beside
from archiver.cli.output import Form, Row, rows
from archiver.cli.wrap import width
from archiver.core.errors import N_
from archiver.declarations.codes import NOBODY, PAPER_STATES, called
from archiver.declarations.labels import glance_labels
from archiver.declarations.words import language, ngettext, translate
from archiver.search.base import FACETS, Count, Results

_HEADINGS = {
    "category": N_("Category"),
    "customer": N_("Customer"),
    "year": N_("Year"),
    "state": N_("State"),
}
_MOST = 8
"""Values shown to a person; a script gets all."""


def show_counts(form: Form, found: Results, rules: Path) -> None:
    """Write the counts of `found`.

    Args:
        form: as a table they follow the hits.
        found: with its facets.
        rules: the folder of declarations, where categories have their names.
    """
    labels = glance_labels(rules / "categories.toml", language())
    if form is not Form.TABLE:
        rows(form, (), (_row(facet, one, labels) for facet, one in _each(found.facets)))
    elif found.total:
        _table(found.facets, labels)


def _each(facets: Mapping[str, Sequence[Count]]) -> Iterator[tuple[str, Count]]:
    return ((facet, one) for facet in FACETS for one in facets[facet])


def _row(facet: str, one: Count, labels: Mapping[str, str]) -> Row:
    name = None if facet == "year" else _name(facet, one, labels)
    return {"facet": facet, "value": one.value, "name": name, "count": one.count}


def _name(facet: str, one: Count, labels: Mapping[str, str]) -> str:
    """What a person calls the value."""
    if one.value is None:
        return translate(N_("undated"))
    if facet == "customer":
        return called(NOBODY, one.name or one.value)
    return {"category": labels, "state": _states()}.get(facet, {}).get(one.value, one.value)


def _states() -> Mapping[str, str]:
    return {code: translate(word) for code, word in PAPER_STATES.items()}


def _table(facets: Mapping[str, Sequence[Count]], labels: Mapping[str, str]) -> None:
    """A heading and its counts, as many a line as fit; none is torn."""
    headings = {facet: translate(heading) for facet, heading in _HEADINGS.items()}
    indent = max(map(width, headings.values())) + 2
    room = shutil.get_terminal_size().columns - indent
    click.echo()
    for facet in FACETS:
        lead = headings[facet] + " " * (indent - width(headings[facet]))
        for line in beside(_said(facet, facets[facet], labels), room):
            click.echo(f"{lead}{line}")
            lead = " " * indent


def _said(facet: str, counts: Sequence[Count], labels: Mapping[str, str]) -> list[str]:
    """The most frequent values, how many others there are, and what has none."""
    valued = [one for one in counts if one.value is not None]
    said = [_count(facet, one, labels) for one in valued[:_MOST]]
    more = len(valued) - len(said)
    if more:
        said.append(ngettext("{more} more", "{more} more", more).format(more=more))
    return said + [_count(facet, one, labels) for one in counts if one.value is None]


def _count(facet: str, one: Count, labels: Mapping[str, str]) -> str:
    return f"{_name(facet, one, labels)} ({one.count})"
