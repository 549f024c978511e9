"""The second try: a query that also finds what is called, written or misread another way.

The answer to a query is exact, and stays so; this is another query, asked when a person wants it.
It finds whatever the first one finds: words are only ever joined by OR with others, or left out
where something beside them must be found anyway. What stands under a NOT is left as it is, for to
widen that would lose papers.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain, islice

from archiver.declarations.thesaurus import Thesaurus
from archiver.search.query import All, AnyOf, Not, Query, Text
from archiver.search.scripts import rewritten

MOST = 64
"""Forms added to a whole query: as many as a query may have words, so both cost an engine alike."""
MOST_OF_ONE = 24
"""Forms added to one word: in the other script or number, then synonyms, then what looks alike."""
_MEANING = {None, "text", "title", "category", "tag"}
"""Where a word means something; elsewhere stand names and numbers."""
_LITTLE = {None, "text", "title"}
"""Where a word may say little."""

_ENGLISH = re.compile("[a-z]{3,}")
_HISSES = re.compile("(s|x|z|ch|sh)$")
_ES = re.compile("(ss|x|zz|ch|sh)es$")

Forms = Mapping[Text, tuple[Text, ...]]


def near(query: Query, words: Thesaurus) -> Query:
    """`query`, widened; itself where nothing can be added or left out."""
    return _widened(query, forms(query, words), words)


def forms(query: Query, words: Thesaurus) -> Forms:
    """Each word outside a NOT that can be said or read another way → the other ways.

    A wildcard is left as it is: it says itself what may stand in its places.
    """
    found: dict[Text, tuple[Text, ...]] = {}
    left = MOST
    for leaf in _leaves(query, words):
        if leaf not in found:
            most = min(left, MOST_OF_ONE)
            found[leaf] = tuple(islice(_others(leaf, words), most))
            left -= len(found[leaf])
    return {leaf: others for leaf, others in found.items() if others}


def needless(parts: tuple[Query, ...], words: Thesaurus) -> tuple[Text, ...]:
    """Those of `parts`, all of which must be found, that say little beside the others."""
    little = tuple(one for one in parts if isinstance(one, Text) and _says_little(one, words))
    others = (one for one in parts if one not in little and not isinstance(one, Not))
    return little if next(others, None) is not None else ()


def left_out(query: Query, words: Thesaurus) -> Iterator[Text]:
    """The words that the second try leaves out, from left to right."""
    match query:
        case AnyOf(parts):
            yield from chain.from_iterable(left_out(one, words) for one in parts)
        case All(parts):
            yield from needless(parts, words)
            yield from chain.from_iterable(left_out(one, words) for one in parts)


def _widened(query: Query, forms_of: Forms, words: Thesaurus) -> Query:
    match query:
        case Text():
            others = forms_of.get(query)
            return AnyOf((query, *others)) if others else query
        case AnyOf(parts):
            return AnyOf(tuple(_widened(one, forms_of, words) for one in parts))
        case All(parts):
            little = needless(parts, words)
            kept = tuple(_widened(one, forms_of, words) for one in parts if one not in little)
            return kept[0] if len(kept) == 1 and little else All(kept)
        case _:
            return query


def _leaves(query: Query, words: Thesaurus) -> Iterator[Text]:
    """The words that are looked for, from left to right."""
    match query:
        case Text():
            yield query
        case AnyOf(parts):
            yield from chain.from_iterable(_leaves(one, words) for one in parts)
        case All(parts):
            little = needless(parts, words)
            kept = (one for one in parts if one not in little)
            yield from chain.from_iterable(_leaves(one, words) for one in kept)


def _says_little(leaf: Text, words: Thesaurus) -> bool:
    return leaf.field in _LITTLE and leaf.needle in words.stopwords


def _others(leaf: Text, words: Thesaurus) -> Iterator[Text]:
    """Other forms of a word, each once, the likeliest first."""
    written = rewritten(leaf.needle)
    spellings: tuple[str, ...] = ()
    if leaf.field in _MEANING:
        written = (*written, *_in_other_number(leaf.needle))
        spellings = (leaf.needle, *written)
    means = chain.from_iterable(words.synonyms.get(one, ()) for one in spellings)
    reads = _misread(leaf.needle, words.lookalikes)
    for form in dict.fromkeys(chain(written, means, reads)):
        if form != leaf.needle:
            yield replace(leaf, needle=form)


def _in_other_number(word: str) -> Iterator[str]:
    """The plural of an English word, or the singular: as far as a light stemmer goes.

    After the S-stemmer of Harman, How Effective Is Suffixing? (JASIS 42, 1991), table 1.
    """
    if not _ENGLISH.fullmatch(word):
        return
    if word.endswith("ies"):
        yield word[:-3] + "y"
    elif _ES.search(word):
        yield word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        yield word[:-1]
    elif word[-1] == "y" and word[-2] not in "aeiou":
        yield word[:-1] + "ies"
    else:
        yield word + ("es" if _HISSES.search(word) else "s")


def _misread(text: str, lookalikes: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """`text` with all characters of one kind taken for another, then with a single one.

    A lone character is too little to be misread: it would be found on every page.
    """
    if len(text) < 2:
        return
    for sign in dict.fromkeys(text):
        for other in lookalikes.get(sign, ()):
            yield text.replace(sign, other)
    for at, sign in enumerate(text):
        for other in lookalikes.get(sign, ()):
            yield text[:at] + other + text[at + 1 :]
