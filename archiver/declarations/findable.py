"""`index/fields.toml`: the fields of the query language and their other names."""

from collections.abc import Mapping
from pathlib import Path

from archiver.core.errors import N_, DeclarationError
from archiver.declarations.strict import Strict, read_toml

FIELDS = (
    *("text", "title", "customer", "category", "code", "no", "plate", "phone"),
    *("date", "added", "amount", "state", "tag"),
)


class Findable(Strict):
    """What `index/fields.toml` says.

    Attributes:
        aliases: field → other words for it.
    """

    aliases: dict[str, tuple[str, ...]]


def read_aliases(path: Path) -> Mapping[str, str]:
    """Every word for a field → the field.

    Raises:
        DeclarationError: a field nobody knows, or one word for two fields.
    """
    found = {name: name for name in FIELDS}
    for field, words in read_toml(path, Findable).aliases.items():
        for word in words:
            if field not in FIELDS or found.setdefault(word.casefold(), field) != field:
                raise DeclarationError(
                    N_("{file}: aliases.{field}: {word} cannot stand for this field"),
                    hint=N_("the fields are: {known}"),
                    file=path,
                    field=field,
                    word=word,
                    known=", ".join(FIELDS),
                )
    return found
