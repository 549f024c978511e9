"""What the second try of a search knows: synonyms, look-alikes, words that say little.

Three files of `index/`, read by hand: a search must not wait for the library that checks settings.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from archiver.core.errors import N_
from archiver.core.normalise import searchable
from archiver.declarations.shipped import shipped
from archiver.declarations.toml import LIST, UNKNOWN, raw_toml, wrong
from archiver.declarations.words import translate

_TEXT = N_("expected a text")
_FEW = N_("expected two or more")
_NO_WORD = N_("there is nothing to look for")
_LONG = N_("expected single characters")


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Everything as search compares it (`core.normalise.searchable`).

    Attributes:
        synonyms: word → the others that mean it, in the order of the file.
        lookalikes: character → those it is taken for.
        stopwords: words that say little.
    """

    synonyms: Mapping[str, tuple[str, ...]]
    lookalikes: Mapping[str, tuple[str, ...]]
    stopwords: frozenset[str]


def read_thesaurus(folder: Path) -> Thesaurus:
    """Read the three files in the `index/` of a vault.

    One that is missing is read as it was shipped: vaults are older than these files.

    Raises:
        DeclarationError: one of them cannot be followed; it names the file and the key.
    """
    synonyms, lookalikes, stopwords = (
        path if path.exists() else shipped("index") / path.name
        for path in (folder / f"{name}.toml" for name in ("synonyms", "lookalikes", "stopwords"))
    )
    words = _one_list(stopwords, "words")
    return Thesaurus(
        _others(_groups(synonyms)),
        _others(_look_alike(lookalikes)),
        frozenset(_searchable(stopwords, f"words.{at}", one) for at, one in enumerate(words)),
    )


def _one_list(path: Path, key: str) -> list[object]:
    """The list under the one key a file may have."""
    raw = raw_toml(path)
    for other in raw.keys() - {key}:
        raise wrong(path, f"{other}: {translate(UNKNOWN)}")
    return _list(path, key, raw.get(key, []))


def _list(path: Path, key: str, value: object) -> list[object]:
    if not isinstance(value, list):
        raise wrong(path, f"{key}: {translate(LIST)}")
    return value


def _searchable(path: Path, key: str, value: object) -> str:
    """A word of a file; it must hold something that can be found."""
    if not isinstance(value, str):
        raise wrong(path, f"{key}: {translate(_TEXT)}")
    word = searchable(value)
    if not any(letter.isalnum() for letter in word):
        raise wrong(path, f"{key}: {translate(_NO_WORD)}")
    return word


def _groups(path: Path) -> Iterator[tuple[str, ...]]:
    for at, group in enumerate(_one_list(path, "groups")):
        key = f"groups.{at}"
        listed = _list(path, key, group)
        yield _several(
            path,
            key,
            [_searchable(path, f"{key}.{place}", one) for place, one in enumerate(listed)],
        )


def _look_alike(path: Path) -> Iterator[tuple[str, ...]]:
    for at, group in enumerate(_one_list(path, "groups")):
        key = f"groups.{at}"
        _searchable(path, key, group)
        signs = [searchable(sign) for sign in str(group)]
        if any(len(sign) != 1 for sign in signs):
            raise wrong(path, f"{key}: {translate(_LONG)}")
        yield _several(path, key, signs)


def _several(path: Path, key: str, found: list[str]) -> tuple[str, ...]:
    """Each once, in their order; one alone is a slip of the pen."""
    once = tuple(dict.fromkeys(found))
    if len(once) < 2:
        raise wrong(path, f"{key}: {translate(_FEW)}")
    return once


def _others(groups: Iterator[tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """Each member → all others of its groups."""
    found: dict[str, dict[str, None]] = {}
    for group in groups:
        for member in group:
            beside = (one for one in group if one != member)
            found.setdefault(member, {}).update(dict.fromkeys(beside))
    return {member: tuple(others) for member, others in found.items()}
