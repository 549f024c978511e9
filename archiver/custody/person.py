"""Who acts, and what they may do: accounts become persons, persons have roles.

While `vault.toml` declares nobody, every account is a person of its own and may do everything. From
the first declared person on, whoever is not declared may drop and look.
"""

import pwd
from collections.abc import Mapping
from types import MappingProxyType

from archiver.catalogue import numbers
from archiver.catalogue.store import Connection
from archiver.core.errors import N_, Refused, UsageError
from archiver.vault.people import Role
from archiver.vault.vault import Vault

ROLE_REQUIRED = "ROLE_REQUIRED"
_OFFICE: tuple[Role, ...] = ("clerk", "archivist")
_TWO: tuple[Role, ...] = ("clerk", "archivist", "approver")
_ARCHIVE: tuple[Role, ...] = ("archivist", "approver")
_MACHINE: tuple[Role, ...] = ("archivist", "administrator")

ACTS: Mapping[str, tuple[Role, ...]] = MappingProxyType(
    {
        "review": _OFFICE,
        "correct": _OFFICE,
        "document": _OFFICE,
        "quarantine": _OFFICE,
        "customer": _OFFICE,
        "event": _OFFICE,
        "correct_event": _OFFICE,
        "merge_customers": ("archivist",),
        "hold": ("archivist",),
        "extend": ("archivist",),
        "appraise": ("archivist",),
        "approve": ("approver",),
        "destroy": ("archivist",),
        "witness": ("witness",),
        "withdraw": _TWO,
        "void_event": _TWO,
        "split_customer": _ARCHIVE,
        "reappraise": _ARCHIVE,
        "approve_shortening": _ARCHIVE,
        "close_incident": ("archivist", "approver", "administrator"),
        "rules_activate": _MACHINE,
        "confirm_clock": _MACHINE,
        "clock_reset": _MACHINE,
    }
)
"""Act → the roles that may do it, or propose it where it takes two people."""

AGREES: frozenset[Role] = frozenset({"archivist", "approver", "administrator"})
"""Of these roles, those that may say yes to what another person proposed."""


def require(vault: Vault, tx: Connection, act: str, *, agreeing: bool = False) -> None:
    """Refuse an act to whoever has no role for it; without any declared person nobody is refused.

    Args:
        vault: the open vault; its login acts.
        tx: the transaction of the act.
        act: a key of `ACTS`.
        agreeing: it was proposed by another person, and this one says yes.

    Raises:
        Refused: who acts has no role for it (`ROLE_REQUIRED`).
    """
    roles = [role for role in ACTS[act] if not agreeing or role in AGREES]
    people = vault.settings.person
    acting = vault.settings.person_of(vault.login)
    if people and not (acting and set(acting.roles) & set(roles)):
        raise _without_role(vault, acting.name if acting else vault.login, act, roles)


def person_of(vault: Vault, tx: Connection, named: str, act: str = "witness") -> str:
    """The id of another person whom the one who acts names, by name or login.

    Args:
        vault: the open vault.
        tx: the transaction of the act.
        named: as typed.
        act: what that person does in it; a key of `ACTS`.

    Raises:
        UsageError: nobody of that name is known: declared, or an account of this computer.
        Refused: that person has no role for it (`ROLE_REQUIRED`).
    """
    name, people = named.strip(), vault.settings.person
    found = next((one for one in people if name == one.name or name in one.logins), None)
    if found and not set(found.roles) & set(ACTS[act]):
        raise _without_role(vault, found.name, act, ACTS[act])
    if found:
        return numbers.person(tx, found.logins)
    if people or not (numbers.known(tx, [name]) or _account(name)):
        raise UsageError(
            N_("nobody is called {name}"),
            hint=N_("the persons are: {known}")
            if people
            else N_("name an account of this computer, or declare persons in vault.toml"),
            name=name,
            known=", ".join(one.name for one in people),
        )
    return numbers.person(tx, [name])


def acting(vault: Vault, tx: Connection) -> str:
    """The id of the person who acts, whichever of their accounts they use."""
    return numbers.person(tx, _accounts(vault, vault.login))


def same(vault: Vault, tx: Connection, person: str) -> str:
    """The id of whoever `person` turned out to be.

    Two accounts may have been two people before they were declared to be one; both ids stand in
    the ledger, and compare as one.
    """
    login = numbers.login_of(tx, person)
    return (numbers.known(tx, _accounts(vault, login)) if login else None) or person


def _accounts(vault: Vault, login: str) -> tuple[str, ...]:
    declared = vault.settings.person_of(login)
    return declared.logins if declared else (login,)


def _without_role(
    vault: Vault, name: str, act: str, roles: tuple[Role, ...] | list[Role]
) -> Refused:
    able = [one.name for one in vault.settings.person if set(one.roles) & set(roles)]
    return Refused(
        ROLE_REQUIRED,
        N_("{name} has no role for this ({act}); it takes one of: {roles}"),
        hint=N_("who has one: {able}")
        if able
        else N_("nobody has one: the administrator gives roles in vault.toml ([[person]])"),
        name=name,
        act=act,
        roles=", ".join(roles),
        able=", ".join(able),
    )


def _account(login: str) -> bool:
    """Whether this computer knows an account."""
    try:
        pwd.getpwnam(login)
    except (KeyError, ValueError):
        return False
    return True
