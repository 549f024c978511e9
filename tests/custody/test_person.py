"""Accounts become persons: two accounts of one person never are two people; roles say who may."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archiver.catalogue import acts, ledger
from archiver.core.errors import Refused, UsageError
from archiver.custody import party
from archiver.custody.act import KINDS, confirm, propose, reject
from archiver.custody.fact import add_event
from archiver.custody.person import ACTS, AGREES, acting, person_of, require, same
from archiver.vault.people import PersonSettings, Role
from archiver.vault.vault import Vault
from tests.custody.drops import code_of
from tests.worlds import a_vault, acting_as, declared

ROLES: tuple[Role, ...] = (
    *("clerk", "archivist", "approver", "witness", "auditor", "administrator"),
)
LOGINS = ("a1", "a2", "b1", "b2", "c1")


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as made:
        yield made


@pytest.fixture(scope="module")
def office() -> Iterator[Vault]:
    """One vault for many examples: what it gave before, it gave."""
    with tempfile.TemporaryDirectory() as folder, a_vault(Path(folder) / "vault") as made:
        party.add(made, "甲店", kind="customer", aliases=[], codes=[])
        yield made


def named(name: str, *roles: Role, logins: tuple[str, ...] = ()) -> PersonSettings:
    return PersonSettings(name=name, logins=logins or (name.lower(),), roles=roles)


@st.composite
def rosters(draw: st.DrawFn) -> tuple[PersonSettings, ...]:
    """Who has which of the accounts; nobody at all now and then."""
    owners = draw(st.lists(st.integers(0, 2), min_size=len(LOGINS), max_size=len(LOGINS)))
    if draw(st.booleans()):
        return ()
    return tuple(
        named(f"N{owner}", "archivist", logins=tuple(LOGINS[i] for i in mine))
        for owner in range(3)
        if (mine := draw(st.permutations([i for i, one in enumerate(owners) if one == owner])))
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    roster=rosters(),
    later=st.booleans(),
    first=st.sampled_from(LOGINS),
    second=st.sampled_from(LOGINS),
)
def test_only_two_people_are_two(
    office: Vault,
    roster: tuple[PersonSettings, ...],
    later: bool,
    first: str,
    second: str,
) -> None:
    """Whether they were declared before it was proposed, or only afterwards."""
    declared(office)
    whose = party.directory(office).resolve("甲店")
    assert whose
    event = add_event(office, "service_completed", customer=whose.id, document=None, day=None)
    declared(office, *(() if later else roster))
    with acting_as(office, first):
        act = propose(office, "void_event", event.id, "why")
    declared(office, *roster)
    owner = {login: one.name for one in roster for login in one.logins}
    one_person = owner.get(first, first) == owner.get(second, second)
    with acting_as(office, second):
        if one_person:
            assert code_of(lambda: confirm(office, act.id)) == "SAME_PERSON"
            reject(office, act.id, "no")
        else:
            assert confirm(office, act.id).settled


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(roster=rosters(), logins=st.lists(st.sampled_from(LOGINS), min_size=1))
def test_one_person_is_one_id(
    office: Vault, roster: tuple[PersonSettings, ...], logins: list[str]
) -> None:
    declared(office, *roster)
    owner = {login: one.name for one in roster for login in one.logins}
    ids: dict[str, set[str]] = {}
    for login in logins:
        with acting_as(office, login), office.catalogue.write() as tx:
            given_id = acting(office, tx)
            assert same(office, tx, given_id) == given_id
            ids.setdefault(owner.get(login, login), set()).add(given_id)
    assert all(len(each) == 1 for each in ids.values())
    assert len({one for each in ids.values() for one in each}) == len(ids)


def test_two_ids_that_a_vault_gave_stay_and_are_one_person(vault: Vault) -> None:
    ids = []
    for login in ("a1", "a2"):
        with acting_as(vault, login), vault.catalogue.write() as tx:
            ids.append(acting(vault, tx))
    declared(vault, named("A", "archivist", logins=("a2", "a1")))
    with acting_as(vault, "a2"), vault.catalogue.write() as tx:
        assert ids[0] != ids[1]
        assert acting(vault, tx) == ids[0] == same(vault, tx, ids[1])
        assert person_of(vault, tx, "A", "appraise") == ids[0]


def test_every_act_of_two_people_has_roles() -> None:
    for kind in KINDS:
        assert set(ACTS[kind]) & AGREES, f"nobody could confirm {kind}"


@pytest.mark.parametrize("act", sorted(ACTS))
def test_whoever_nobody_declared_may_only_look(vault: Vault, act: str) -> None:
    with vault.catalogue.read() as tx:
        require(vault, tx, act)  # nobody is declared: everybody may
        declared(vault, named("A", *ROLES), named("B", "auditor"), named("C"))
        for login in ("clerk", "b", "c"):
            with acting_as(vault, login), pytest.raises(Refused) as refused:
                require(vault, tx, act)
            assert refused.value.code == "ROLE_REQUIRED"
            assert "A" in refused.value.advice()
        with acting_as(vault, "a"):
            require(vault, tx, act)


@pytest.mark.parametrize(
    ("role", "act", "agreeing", "may"),
    [
        ("clerk", "review", False, True),
        ("clerk", "withdraw", False, True),
        ("clerk", "withdraw", True, False),
        ("clerk", "hold", False, False),
        ("clerk", "rules_activate", False, False),
        ("archivist", "appraise", False, True),
        ("archivist", "approve", False, False),
        ("archivist", "destroy", False, True),
        ("archivist", "witness", False, False),
        ("approver", "approve", False, True),
        ("approver", "appraise", False, False),
        ("approver", "destroy", False, False),
        ("approver", "withdraw", True, True),
        ("witness", "destroy", False, False),
        ("administrator", "confirm_clock", True, True),
        ("administrator", "approve", False, False),
        ("administrator", "reappraise", True, False),
    ],
)
def test_what_a_role_may(vault: Vault, role: Role, act: str, agreeing: bool, may: bool) -> None:
    declared(vault, named("Clerk", role))
    with vault.catalogue.read() as tx:
        if may:
            require(vault, tx, act, agreeing=agreeing)
        else:
            with pytest.raises(Refused) as refused:
                require(vault, tx, act, agreeing=agreeing)
            assert "[[person]]" in refused.value.advice() or role == "clerk"


def test_a_proposal_and_its_confirmation_take_roles(vault: Vault) -> None:
    whose = party.add(vault, "甲店", kind="customer", aliases=[], codes=[])
    event = add_event(vault, "accident_reported", customer=whose.id, document=None, day=None)
    declared(vault, named("A", "clerk"), named("B", "clerk"), named("C", "approver"))
    with vault.catalogue.read() as tx:
        before = ledger.head(tx)
    assert code_of(lambda: propose(vault, "void_event", event.id, "why")) == "ROLE_REQUIRED"
    with vault.catalogue.read() as tx:
        assert ledger.head(tx) == before
    with acting_as(vault, "a"):
        act = propose(vault, "void_event", event.id, "why")
    for login in ("b", "clerk"):
        with acting_as(vault, login):
            assert code_of(lambda: confirm(vault, act.id)) == "ROLE_REQUIRED"
    assert code_of(lambda: reject(vault, act.id, "no")) == "ROLE_REQUIRED"
    with vault.catalogue.read() as tx:
        assert acts.get(tx, act.id) == act
    with acting_as(vault, "c"):
        assert confirm(vault, act.id).settled


def test_a_witness_is_known_by_name_or_account(vault: Vault) -> None:
    with vault.catalogue.write() as tx:
        assert person_of(vault, tx, " clerk ") == "P0001", "whoever has acted here"
        assert person_of(vault, tx, "root") == "P0002", "an account of this computer"
        with pytest.raises(UsageError):
            person_of(vault, tx, "nobody of that name")
        declared(vault, named("W", "witness", logins=("w1", "w2")), named("V", "approver"))
        found = person_of(vault, tx, "W")
        assert found == person_of(vault, tx, "w1") == person_of(vault, tx, "w2")
        for unknown in ("root", "clerk"):
            with pytest.raises(UsageError) as error:
                person_of(vault, tx, unknown)
            assert "W, V" in error.value.advice()
        assert code_of(lambda: person_of(vault, tx, "V")) == "ROLE_REQUIRED"
