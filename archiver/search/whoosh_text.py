"""Words and wildcards in texts: candidates by their terms, then a look where one is needed."""

from collections.abc import Iterable

from archiver.search.grams import LONGEST, WORD, Part, needs
from archiver.search.needles import needle
from archiver.search.query import Text, Wildcard
from archiver.search.whoosh_library import LAST, Counts, Library, add

_MOST_WORDS = 2000
"""Words that a wildcard may stand for; of more, the texts themselves are looked at."""
_PLACES = {"title": ("beside",), "text": ("text",), None: ("text", "beside")}
"""Field asked for → fields of the index that have its terms."""


def in_text(library: Library, leaf: Text | Wildcard, among: set[int] | None) -> Counts:
    """The documents in whose text, title or anywhere `leaf` is found, and how often it may be.

    Args:
        library: the open index.
        leaf: asked of `text`, `title` or None.
        among: documents beyond which nobody asks; None for all.
    """
    need = needs(leaf)
    places = _PLACES[leaf.field]
    lists = [_having(library, places, term) for term in need.terms]
    lengthened = [_lengthened(library, places, part) for part in need.parts]
    together = [library.together(characters) for characters in need.together]
    known = [*together, *lists, *(one for one in lengthened if one is not None)]
    candidates = _in_all(known) if known else library.living()
    if need.exact and None not in lengthened and leaf.field != "title":
        return known[0]
    documents = candidates if among is None else among & candidates
    holds = needle(leaf).found_in_utf8
    texts = library.stored(documents - library.deleted, leaf.field)
    return _counted((one for one, text in texts if holds(text)), known)


def _having(library: Library, places: Iterable[str], term: str) -> Counts:
    """The documents with a term in any of the places."""
    first, *others = (library.counts(place, term) for place in places)
    for other in others:
        for document, count in other.items():
            first[document] = first.get(document, 0) + count
    return first


def _lengthened(library: Library, places: Iterable[str], part: Part) -> Counts | None:
    """The documents with a word that `part` may be; None when there are too many such words."""
    low = WORD if part.before else WORD + part.text[:LONGEST]
    found: Counts = {}
    words: set[str] = set()
    for place in places:
        for start, term, packed in library.terms(place, low, low + LAST):
            if part.may_be(term[1:]):
                words.add(term)
                add(found, start, packed)
                if len(words) > _MOST_WORDS:
                    return None
    return found


def _in_all(lists: list[Counts]) -> set[int]:
    """The documents in all of the lists."""
    shortest, *others = sorted(lists, key=len)
    return set(shortest).intersection(*others)


def _counted(documents: Iterable[int], lists: list[Counts]) -> Counts:
    """Each document with the lowest of its counts, or with 1 where nothing was counted."""
    if len(lists) < 2:
        counts = lists[0] if lists else {}
        return {one: counts.get(one, 1) for one in documents}
    return {one: min([counts[one] for counts in lists]) for one in documents}
