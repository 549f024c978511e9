"""`index/fields.toml`: the fields of the query language and their other names."""

from collections.abc import Mapping
from pathlib import Path

from archiver.core.errors import N_, DeclarationError
from archiver.core.normalise import searchable
from archiver.declarations.toml import LIST, TABLE, UNKNOWN, raw_toml, wrong
from archiver.declarations.words import language, translate

FIELDS = (
    *("text", "title", "customer", "category", "code", "no", "plate", "phone"),
    *("date", "added", "amount", "state", "tag"),
)


def read_aliases(path: Path) -> Mapping[str, str]:
    """Every word for a field, searchable → the field. Checked by hand: every search reads it.

    Raises:
        DeclarationError: an unknown key, a field nobody knows, or one word for two fields.
    """
    found = {name: name for name in FIELDS}
    for field, words in _aliases(path).items():
        for word in words:
            if field not in FIELDS or found.setdefault(searchable(word), field) != field:
                raise DeclarationError(
                    N_("{file}: aliases.{field}: {word} cannot stand for this field"),
                    hint=N_("the fields are: {known}"),
                    file=path,
                    field=field,
                    word=word,
                    known=", ".join(FIELDS),
                )
    return found


def called(field: str, aliases: Mapping[str, str]) -> str:
    """What a person calls a field: in Chinese by the first Chinese word for it."""
    if language() == "zh":
        for word, meant in aliases.items():
            if meant == field and not word.isascii():
                return word
    return field


def _aliases(path: Path) -> Mapping[str, list[str]]:
    """Field → other words for it, as the file has them."""
    raw = raw_toml(path)
    for key in raw.keys() - {"aliases"}:
        raise wrong(path, f"{key}: {translate(UNKNOWN)}")
    table = raw.get("aliases", {})
    if not isinstance(table, dict):
        raise wrong(path, f"aliases: {translate(TABLE)}")
    for field, words in table.items():
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise wrong(path, f"aliases.{field}: {translate(LIST)}")
    return table
