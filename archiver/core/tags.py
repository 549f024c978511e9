"""Tags: words that people put on papers, and when two of them are one."""

import re
import unicodedata

from archiver.core.errors import N_, UsageError
from archiver.core.normalise import searchable

LONGEST = 64
"""Characters of a tag."""
_QUOTES = re.compile('["“”「」『』]')
"""What the query language takes for quotation marks: any tag can be asked for as `tag:"…"`."""
_BLANKS = re.compile(" +")
_SHOWN = 80


def tag_of(text: str) -> str:
    """A tag as it is kept: in NFKC (Unicode UAX 15), trimmed, runs of blanks as one.

    Raises:
        UsageError: nothing is left, it is too long, or a character cannot stand in a tag: a
            quotation mark, or one that is not seen.
    """
    tag = _BLANKS.sub(" ", unicodedata.normalize("NFKC", text).strip())
    if not 1 <= len(tag) <= LONGEST or not tag.isprintable() or _QUOTES.search(tag):
        shown = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text.strip())
        raise UsageError(
            N_("“{text}” cannot be a tag"),
            hint=N_("1 to {most} characters that can be seen, without quotation marks"),
            text=shown[:_SHOWN],
            most=LONGEST,
        )
    return tag


def alike(tag: str) -> str:
    """The same string for tags that count as one: those that search cannot tell apart."""
    return searchable(tag)
