"""What belongs together goes together; what only hung on it stays."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from archiver.catalogue import documents, events, tombstones
from archiver.custody import party
from archiver.custody.act import propose
from archiver.custody.fact import add_event
from archiver.review import series
from archiver.review.decide import assign, queue
from archiver.vault.vault import Vault
from tests.custody.drops import WHY, accepted, by, code_of, dropped, known, sound
from tests.worlds import (
    LICENCE,
    a_mail,
    a_vault,
    drop,
    ingest,
    papers,
)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as made:
        yield made


def test_photographs_go_together(vault: Vault) -> None:
    pages = [dropped(vault, f"IMG_{at}.txt", f"猫 {at}") for at in (1, 2)]
    whole = series.join(vault, pages)
    by("archivist", vault, propose(vault, "withdraw", whole.id, WHY).id)
    sound(vault)
    assert papers(vault) == {}
    with vault.catalogue.read() as tx:
        assert all(tombstones.find(tx, one.id) for one in pages)


def test_what_was_joined_since_is_another_act(vault: Vault) -> None:
    first, second = (dropped(vault, f"IMG_{at}.txt", f"猫 {at}") for at in (1, 2))
    act = propose(vault, "withdraw", first.id, WHY)
    other = propose(vault, "withdraw", second.id, WHY)
    series.join(vault, [first, second])
    assert code_of(lambda: by("archivist", vault, act.id)) == "ACT_CHANGED"
    assert code_of(lambda: by("archivist", vault, other.id)) == "ACT_CHANGED"
    assert len(papers(vault)) == 2


def test_what_was_accepted_as_a_whole_stays_accepted(vault: Vault) -> None:
    known(vault)
    whole = series.join(vault, [dropped(vault, f"IMG_{at}.txt", f"猫 {at}") for at in (1, 2)])
    accepted(vault, whole)
    for one in series.part(vault, whole):
        assert code_of(partial(propose, vault, "withdraw", one.id, WHY)) == "ALREADY_ACCEPTED"


def test_joining_forgets_no_acceptance(vault: Vault) -> None:
    whose = party.add(vault, "新店", kind="customer", aliases=[], codes=[]).id
    drop(vault, "新店/IMG_1.txt", "猫 1")
    drop(vault, "新店/IMG_2.txt", "猫 2")
    ingest(vault)
    first, second = queue(vault)
    kept = assign(vault, second, whose, "other")
    whole = series.join(vault, [first, kept])
    assert code_of(lambda: propose(vault, "withdraw", whole.id, WHY)) == "ALREADY_ACCEPTED"
    apart = series.part(vault, whole)
    assert propose(vault, "withdraw", apart[0].id, WHY)
    assert code_of(lambda: propose(vault, "withdraw", apart[1].id, WHY)) == "ALREADY_ACCEPTED"


def test_a_letter_goes_without_what_hung_on_it(vault: Vault) -> None:
    drop(vault, "信.eml", a_mail("这是一封信", {"附件.txt": "附件".encode()}))
    ingest(vault)
    with vault.catalogue.read() as tx:
        mail, enclosed = documents.all_documents(tx)
    assert mail.media_type == "message/rfc822"
    by("archivist", vault, propose(vault, "withdraw", mail.id, WHY).id)
    sound(vault)
    with vault.catalogue.read() as tx:
        assert [one.id for one in documents.all_documents(tx)] == [enclosed.id]


def test_links_go_and_events_stay(vault: Vault) -> None:
    whose = known(vault)
    document = dropped(vault, "a.txt", LICENCE)
    told = add_event(
        vault, "service_completed", customer=document.customer, document=document.id, day=None
    )
    by("archivist", vault, propose(vault, "withdraw", document.id, WHY).id)
    with vault.catalogue.read() as tx:
        (kept,) = events.all_events(tx)
    assert (kept.id, kept.customer, kept.document) == (told.id, whose, None)
