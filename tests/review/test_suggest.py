"""What people answered becomes rules that are proposed: true of all decided papers, never twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver.custody import party
from archiver.review.correct import Correction, correct
from archiver.review.decide import assign, queue
from archiver.review.suggest import Suggestion, suggest
from archiver.vault.vault import Vault
from tests.worlds import CONTRACT, a_vault, drop, ingest

NAME, OTHER = "青梧市华信样本运输有限公司", "云泽样本贸易有限公司"


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as made:
        yield made


def answered(vault: Vault, category: str, *texts: str) -> None:
    """Papers of a folder nobody knows, all of one category."""
    whose = party.directory(vault).resolve(NAME) or party.add(
        vault, NAME, kind="customer", aliases=[], codes=[]
    )
    for number, text in enumerate(texts):
        drop(vault, f"{NAME}/{category}{number}.txt", text)
    ingest(vault)
    for waiting in queue(vault):
        assign(vault, waiting, whose.id, category)


def changed(vault: Vault, file: str, old: str, new: str) -> None:
    """Write into a declaration of the vault, as a records manager would."""
    path = vault.layout.rules / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.chmod(0o644)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    for name in ("categories", "fields"):
        vault.__dict__.pop(name, None)


def test_a_heading_people_decided_is_proposed_until_it_is_a_rule(vault: Vault) -> None:
    answered(vault, "work_order", "客户来店派修单\n某车\n一", "上门派修单\n某人\n二")
    (found,) = suggest(vault)
    assert (found.kind, found.where) == ("title", "work_order")
    assert found.text in "派修单"
    assert len(found.papers) == 2
    changed(vault, "categories.toml", '"维修工单" = 14', f'"维修工单" = 14, "{found.text}" = 10')
    assert suggest(vault) == ()


def test_a_heading_that_other_papers_have_is_not_proposed(vault: Vault) -> None:
    answered(vault, "work_order", "登记样表\n一")
    answered(vault, "complaint", "登记样表\n二")
    assert suggest(vault) == ()


def test_a_label_before_a_corrected_value_is_proposed_until_it_is_a_rule(vault: Vault) -> None:
    party.add(vault, NAME, kind="customer", aliases=[], codes=[])
    drop(vault, "a.txt", f"{CONTRACT.format(name=NAME)}\n应付货款：1,200.00元")
    paper = ingest(vault)["a.txt"].document
    assert paper
    now = correct(vault, paper, Correction({"amount": "1200"}))
    assert suggest(vault) == (Suggestion("label", "amount", "应付货款", "contract", (now.id,)),)
    changed(vault, "fields.toml", '"合同总价款"', '"合同总价款", "应付货款"')
    assert suggest(vault) == ()


def test_a_name_people_assigned_is_proposed_as_another_name(vault: Vault) -> None:
    whose = party.add(vault, NAME, kind="customer", aliases=[], codes=[])
    drop(vault, "a.txt", CONTRACT.format(name="老华信样本车队有限公司"))
    ingest(vault)
    (waiting,) = queue(vault)
    paper = assign(vault, waiting, whose.id, None)
    assert suggest(vault) == (
        Suggestion("alias", whose.id, "老华信样本车队有限公司", "", (paper.id,)),
    )
    party.learn(vault, whose.id, aliases=["老华信样本车队有限公司"], codes=[])
    assert suggest(vault) == ()


def test_a_name_one_character_away_is_not_proposed(vault: Vault) -> None:
    whose = party.add(vault, NAME, kind="customer", aliases=[], codes=[])
    drop(vault, "a.txt", CONTRACT.format(name=NAME.replace("信", "倍")))
    ingest(vault)
    (waiting,) = queue(vault)
    assign(vault, waiting, whose.id, None)
    assert suggest(vault) == ()


def test_without_answers_there_is_nothing_to_propose(vault: Vault) -> None:
    party.add(vault, OTHER, kind="customer", aliases=[], codes=[])
    drop(vault, "a.txt", CONTRACT.format(name=OTHER))
    ingest(vault)
    assert suggest(vault) == ()


def test_a_label_that_would_misread_another_paper_is_not_proposed(vault: Vault) -> None:
    party.add(vault, NAME, kind="customer", aliases=[], codes=[])
    texts = ("应付货款：1,200.00元", "应付货款：9,999.00元\n实付：88.00元")
    for number, (text, amount) in enumerate(zip(texts, ("1200", "88"), strict=True)):
        drop(vault, f"{number}.txt", f"{CONTRACT.format(name=NAME)}\n{text}")
        (taken,) = ingest(vault).values()
        assert taken.document
        correct(vault, taken.document, Correction({"amount": amount}))
    assert "应付货款" not in {one.text for one in suggest(vault)}


def test_a_name_on_papers_of_two_customers_is_nobodys(vault: Vault) -> None:
    for number, name in enumerate((NAME, OTHER)):
        whose = party.add(vault, name, kind="customer", aliases=[], codes=[])
        drop(vault, f"{number}.txt", f"{CONTRACT.format(name='老华信样本车队有限公司')}\n{number}")
        ingest(vault)
        assign(vault, queue(vault)[0], whose.id, None)
    assert suggest(vault) == ()
