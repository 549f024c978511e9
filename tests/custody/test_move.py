"""A paper moves once, wholly, and what its keeping counts from moves with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver.catalogue import contexts, decisions, documents, ledger
from archiver.core.errors import DamageFound
from archiver.core.model import Document
from archiver.custody import party
from archiver.custody.matching import catch_up, rematch
from archiver.custody.move import Overtaken, finish_moves
from archiver.intake.receipts import write_pages
from archiver.review.decide import assign
from archiver.review.series import join
from archiver.vault.vault import Vault
from tests.worlds import CONTRACT, a_vault, drop, ingest, tree

NAME = "青梧市华信样本运输有限公司"


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as made:
        yield made


def waiting(vault: Vault, *texts: str) -> list[Document]:
    for number, text in enumerate(texts):
        drop(vault, f"{number}.txt", text)
    ingest(vault)
    with vault.catalogue.read() as tx:
        return list(documents.waiting(tx))


def test_a_move_never_covers_other_bytes(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    (paper,) = waiting(vault, CONTRACT.format(name="谁"))
    whose = party.add(vault, NAME, kind="customer", aliases=[], codes=[])
    with monkeypatch.context() as patched:
        patched.setattr("archiver.custody.move._finish_each", lambda *_: None)
        moved = assign(vault, paper, whose.id, "contract")
    there = vault.layout.root / moved.path
    there.parent.mkdir(parents=True)
    there.write_text("somebody else's", encoding="utf-8")
    before = tree(vault.layout.customers)
    with pytest.raises(DamageFound, match="other bytes"):
        finish_moves(vault)
    assert tree(vault.layout.customers) == before
    there.unlink()
    finish_moves(vault)
    assert there.is_file()
    assert not (vault.layout.root / paper.path).exists()


def test_a_decision_begins_the_keeping_and_is_told_on_the_receipts_page(vault: Vault) -> None:
    (paper,) = waiting(vault, CONTRACT.format(name="谁"))
    whose = party.add(vault, NAME, kind="customer", aliases=[], codes=[])
    assert not write_pages(vault)
    assign(vault, paper, whose.id, "contract")
    assert write_pages(vault)
    with vault.catalogue.read() as tx:
        (lived,) = contexts.of(tx, paper.id)
    assert (lived.customer, lived.category) == (whose.id, "contract")


def test_a_paper_of_several_files_is_not_folded_into_one_of_them(vault: Vault) -> None:
    text = CONTRACT.format(name="谁")
    whose = party.add(vault, NAME, kind="customer", aliases=[], codes=[])
    first, second = waiting(vault, text, "第二页")
    joined = join(vault, [first, second])
    held = drop(vault, f"{NAME}/again.txt", "再来一份")
    ingest(vault)
    assert not held.exists()
    with vault.catalogue.write() as tx:  # as if the customer had got these bytes meanwhile
        other = next(one for one in documents.all_documents(tx) if one.customer == whose.id)
        tx.exec_driver_sql("UPDATE documents SET digest = ? WHERE id = ?", (first.digest, other.id))
    assign(vault, joined, whose.id, "contract")
    with vault.catalogue.read() as tx:
        assert documents.find(tx, joined.id)
        assert documents.find(tx, second.id)


def test_what_is_still_unknown_is_not_said_again(vault: Vault) -> None:
    waiting(vault, CONTRACT.format(name="谁"))
    with vault.catalogue.read() as tx:
        before = ledger.head(tx)
    assert rematch(vault) == rematch(vault) == ()
    with vault.catalogue.read() as tx:
        assert ledger.head(tx) == before


def test_who_decides_second_is_told(vault: Vault) -> None:
    (paper,) = waiting(vault, CONTRACT.format(name="谁也不是"))
    whose = party.add(vault, NAME, kind="customer", aliases=[], codes=[])
    other = party.add(vault, "云泽样本食品厂", kind="customer", aliases=[], codes=[])
    filed = assign(vault, paper, whose.id, None)
    with pytest.raises(Overtaken, match="was decided meanwhile"):
        assign(vault, paper, other.id, None)
    with vault.catalogue.read() as tx:
        assert [(one.customer, one.path) for one in documents.all_documents(tx)] == [
            (whose.id, filed.path)
        ]


def test_news_that_a_crash_left_are_caught_up_with(vault: Vault) -> None:
    waiting(vault, CONTRACT.format(name=NAME))
    party.add(vault, NAME, kind="customer", aliases=[], codes=[])  # and nothing after it
    ingest(vault)
    with vault.catalogue.read() as tx:
        assert not documents.waiting(tx)
    assert catch_up(vault) == ()


def test_a_lost_paper_keeps_nobody_from_being_matched(vault: Vault) -> None:
    text = CONTRACT.format(name=NAME)
    first, _, stranger = waiting(vault, text, f"{text}\n二", CONTRACT.format(name="谁也不是"))
    with vault.catalogue.write() as tx:
        decisions.intend_move(tx, stranger.id, "customers/nowhere", "customers/nowhere either")
    (vault.layout.root / first.path).unlink()
    party.add(vault, NAME, kind="customer", aliases=[], codes=[])
    ingest(vault)
    with vault.catalogue.read() as tx:
        assert [one.id for one in documents.waiting(tx)] == [stranger.id]
    assert catch_up(vault) == ()
    with pytest.raises(DamageFound):
        finish_moves(vault)
