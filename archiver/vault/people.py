"""Who works in the archive, as `vault.toml` declares it: persons, their accounts, their roles."""

from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from archiver.core.errors import N_, Phrase
from archiver.declarations.strict import Strict

Role = Literal["clerk", "archivist", "approver", "witness", "auditor", "administrator"]


class PersonSettings(Strict):
    """A person, whatever account of the operating system they use.

    Attributes:
        name: what they are called; nobody else's name or login.
        logins: every account of theirs; two accounts of one person are one person.
        roles: what they may do, a list: `clerk`, `archivist`, `approver`, `witness`, `auditor`,
            `administrator`.
    """

    name: str = Field(min_length=1, max_length=100)
    logins: tuple[str, ...] = Field(min_length=1)
    roles: tuple[Role, ...]


def distinct(people: Iterable[PersonSettings]) -> None:
    """Refuse a name or a login that two persons would have.

    Raises:
        ValueError: they cannot be told apart.
    """
    seen: set[str] = set()
    for one in people:
        for word in {one.name, *one.logins}:
            if word in seen:
                told = N_("{name} would be two persons")
                raise ValueError(Phrase.of(told, name=word))
            seen.add(word)
