"""`index/saved.toml`: searches that people gave a name. No rule, nothing derived: people's own.

The file may be edited by hand. Whoever writes it holds a lock, reads it again and puts a whole new
one in its place, so that of two names saved at once neither is lost.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from archiver.core.errors import N_, UsageError
from archiver.core.normalise import compact
from archiver.declarations.toml import TABLE, UNKNOWN, raw_toml, wrong
from archiver.declarations.words import translate
from archiver.disk.guard import only_one
from archiver.disk.lines import replace_text, sweep_texts
from archiver.vault.layout import Layout

_HEAD = """\
# Searches kept by: archiver search --save NAME QUERY. Each is asked by: archiver search @NAME

[searches]
"""
_TEXT = N_("a query in quotes is expected")


def saved_searches(layout: Layout) -> dict[str, str]:
    """Name → query, in the order of the file; none where there is no file.

    Raises:
        DeclarationError: the file cannot be followed.
    """
    path = layout.saved
    if not path.is_file():
        return {}
    raw = raw_toml(path)
    for key in raw.keys() - {"searches"}:
        raise wrong(path, f"{key}: {translate(UNKNOWN)}")
    table = raw.get("searches", {})
    if not isinstance(table, dict):
        raise wrong(path, f"searches: {translate(TABLE)}")
    for name, query in table.items():
        if not isinstance(query, str):
            raise wrong(path, f"searches.{name}: {translate(_TEXT)}")
    return table


def find_saved(searches: Mapping[str, str], name: str) -> str | None:
    """The name of the file that `name` means: case and width of letters count for nothing."""
    return next((one for one in searches if compact(one) == compact(name)), None)


def save_search(layout: Layout, name: str, query: str) -> None:
    """Keep a query under a name. The caller has parsed it.

    Raises:
        UsageError: another query has this name.
    """
    with _changed(layout) as searches:
        known = find_saved(searches, name)
        if known is not None and searches[known] != query:
            raise UsageError(
                N_("@{name} is the name of another search: {query}"),
                hint=N_("take another name, or first: archiver search --forget {name}"),
                name=known,
                query=searches[known],
            )
        searches[known or name] = query


def forget_search(layout: Layout, name: str) -> bool:
    """Forget a search; False when there is none of that name."""
    with _changed(layout) as searches:
        known = find_saved(searches, name)
        if known is None:
            return False
        del searches[known]
        return True


@contextmanager
def _changed(layout: Layout) -> Iterator[dict[str, str]]:
    """The searches, to be changed inside the block; nobody else changes them meanwhile."""
    with only_one(layout.saving, "save", wait=True):
        sweep_texts(layout.index)
        searches = saved_searches(layout)
        before = dict(searches)
        yield searches
        if searches != before:
            lines = (f"{_quoted(name)} = {_quoted(query)}\n" for name, query in searches.items())
            replace_text(layout.saved, _HEAD + "".join(lines))


def _quoted(text: str) -> str:
    """A basic string of TOML: what JSON writes, and DEL escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
