"""A person asks for erasure: what is due may go, what the law keeps stays, the rest is decided."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from archiver.catalogue import customers, documents, ledger
from archiver.core.errors import UsageError
from archiver.core.model import CustomerId, Document
from archiver.custody import party
from archiver.custody.activate import activate
from archiver.custody.erasure import Answered, request
from archiver.custody.fact import add_event
from archiver.custody.hold import place
from archiver.custody.standing import answers
from archiver.declarations.retention import read_rule_sets
from archiver.declarations.sentences import sentence
from archiver.judge.evaluate import Answer, Block, State
from archiver.review import series
from archiver.vault.vault import Vault
from tests.company import keep_practice_alone
from tests.custody.drops import NAME, dropped, known
from tests.worlds import CONTRACT, NOW, a_vault, acting_as

OURS = CONTRACT.format(name=NAME)
LAW = """
[[rule]]
id      = "T9"
title   = { zh = "样本法定期限", en = "Specimen of a law" }
match   = { categories = ["contract"], kinds = ["customer"] }
trigger = { event = "doc_date", scope = "document", pick = "latest" }
period  = "10y"
start   = "next_jan_1"
basis   = "statutory"
law     = "样本法"

[[rule.proof]]
given  = { category = "contract", doc_date = 2024-03-05 }
expect = { retain_through = 2034-12-31 }
"""


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as made:
        keep_practice_alone(made)
        yield made


def outcomes(found: tuple[Answered, ...]) -> dict[str, str]:
    return {one.document.id: one.outcome.value for one in found}


def answer(vault: Vault, paper: Document) -> Answer:
    with vault.catalogue.read() as tx:
        return answers(vault, tx, [paper], vault.clock().date())[paper.id]


def served(vault: Vault, day: date) -> CustomerId:
    whose = CustomerId(known(vault))
    add_event(vault, "service_completed", customer=whose, document=None, day=day)
    return whose


def test_what_is_due_may_be_appraised(vault: Vault) -> None:
    whose = served(vault, date(2020, 1, 1))
    paper = dropped(vault, "a.txt", OURS)
    with acting_as(vault, "clerk", NOW + timedelta(days=40)):
        (one,) = request(vault, whose)
        assert (one.outcome, one.answer.state) == ("due", State.DUE)
        said = answer(vault, paper)
        assert said.eligible
        assert (said.restricted, said.legal_review) == (True, False)
        assert "appraise it next" in sentence(said.because[-1])


def test_what_only_the_company_keeps_is_for_the_lawyers(vault: Vault) -> None:
    whose = served(vault, date(2025, 1, 1))
    paper = dropped(vault, "a.txt", OURS)
    assert outcomes(request(vault, whose)) == {paper.id: "legal_review"}
    said = answer(vault, paper)
    assert (said.restricted, said.legal_review, said.block_reason) == (True, True, Block.NOT_DUE)
    assert "legal department must decide" in sentence(said.because[-1])
    later = dropped(vault, "b.txt", f"{OURS}\nb")
    assert not answer(vault, later).restricted, "what comes later is not asked about"
    assert len(request(vault, whose)) == 2, "asked again, it is"


def test_what_the_law_keeps_is_kept(tmp_path: Path, vault: Vault) -> None:
    folder = vault.layout.rules / "retention"
    (folder / "law.toml").write_text(LAW, encoding="utf-8")
    activate(vault, read_rule_sets(folder))
    whose = served(vault, date(2020, 1, 1))
    paper = dropped(vault, "a.txt", OURS)
    found = request(vault, whose)
    assert outcomes(found) == {paper.id: "statutory"}
    assert found[0].answer.governing_rules == ("T9",)
    said = answer(vault, paper)
    assert (said.restricted, said.legal_review) == (True, False)
    assert "The law says" in sentence(said.because[-1])


def test_everything_of_the_customer_and_nothing_of_others(vault: Vault) -> None:
    whose = served(vault, date(2025, 1, 1))
    before = party.add(vault, "旧名样本店", kind="customer", aliases=[], codes=[])
    other = party.add(vault, "别的样本店", kind="customer", aliases=[], codes=[])
    ours = dropped(vault, "a.txt", OURS)
    old = dropped(vault, "b.txt", CONTRACT.format(name="旧名样本店"))
    theirs = dropped(vault, "c.txt", CONTRACT.format(name="别的样本店"))
    pages = [dropped(vault, f"IMG_{at}.txt", f"{OURS}\n第{at}页") for at in (1, 2)]
    whole = series.join(vault, pages)
    with vault.catalogue.write() as tx:
        customers.merge(tx, before.id, whose)
    place(vault, "customer", whose, reason="x")
    found = request(vault, before.id, "请删除样本甲的信息")
    assert set(outcomes(found)) == {ours.id, old.id, whole.id}
    assert all(one.answer.held for one in found)
    assert [answer(vault, one).restricted for one in (*pages, theirs)] == [True, True, False]
    with vault.catalogue.read() as tx:
        (entry,) = ledger.noted(tx, ("erasure_requested",))
        assert "样本甲" not in "".join(ledger.lines(tx))
        assert len(list(documents.all_documents(tx))) == 5, "nothing is destroyed"
    assert (entry.facts["customer"], entry.facts["documents"]) == (before.id, 3)
    assert len(str(entry.facts["content"])) == 64
    assert request(vault, other.id)[0].document.id == theirs.id


def test_nobody_of_that_id(vault: Vault) -> None:
    with pytest.raises(UsageError, match="no customer C0009"):
        request(vault, CustomerId("C0009"))
