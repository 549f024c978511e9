"""A person's answer moves the paper, is never asked for twice, and folds what is the same."""

from pathlib import Path

import pytest

from archiver.core.errors import DamageFound, UsageError
from archiver.core.model import UNASSIGNED, Because, Outcome
from archiver.custody import party
from archiver.custody.matching import rematch
from archiver.custody.move import finish_moves
from archiver.declarations.sentences import sentence
from archiver.disk import door
from archiver.repair.check import check
from archiver.report.account import account
from archiver.review.decide import accept, assign, queue
from archiver.search.base import Asked
from archiver.search.query import Text
from archiver.vault.vault import Vault
from tests.worlds import CODE, CONTRACT, LICENCE, a_vault, drop, ingest, papers

NAME = "青梧市华信样本运输有限公司"
OTHER = "云泽样本贸易有限公司"


def sound(vault: Vault) -> bool:
    return not check(vault, deep=True, progress=lambda done, of: None)


def test_one_answer_about_a_folder_files_all_its_papers(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "新店/a.txt", CONTRACT.format(name="新店"))
        drop(vault, "新店/b.txt", CONTRACT.format(name="新店") + "\n第二份")
        assert {one.outcome for one in ingest(vault).values()} == {Outcome.REVIEW}
        first, _ = queue(vault)
        decided = accept(vault, first)
        assert decided.archive_no == "0001-02-2026-0001"
        assert [one.customer for one in rematch(vault)] == [decided.customer]
        assert not queue(vault)
        assert all(path.startswith("新店/合同/") for path in papers(vault))
        with pytest.raises(UsageError):
            assign(vault, decided, decided.customer, None)


def test_a_paper_assigned_to_one_who_has_it_is_folded(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        whose = party.add(vault, NAME, kind="customer", aliases=[], codes=[])
        text = CONTRACT.format(name="谁")
        drop(vault, f"{NAME}/a.txt", text)
        filed = ingest(vault)[f"{NAME}/a.txt"].document
        drop(vault, f"{OTHER}/a.txt", text)
        ingest(vault)
        (waiting,) = queue(vault)
        decided = assign(vault, waiting, whose.id, None)
        assert filed
        assert decided.id == filed.id
        assert len(papers(vault)) == 1
        ingest(vault)  # publishes
        assert sound(vault)
        assert account(vault, None).received == 2


def test_who_is_still_unknown_goes_on_waiting(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "a.txt", LICENCE)
        ingest(vault)
        (waiting,) = queue(vault)
        assert waiting.customer == UNASSIGNED
        with pytest.raises(UsageError, match="nobody is proposed"):
            accept(vault, waiting)
        with pytest.raises(UsageError, match="no customer yet"):
            assign(vault, waiting, None, "licence")
        party.add(vault, OTHER, kind="customer", aliases=[], codes=[])
        assert rematch(vault) == ()
        party.propose(vault, NAME)
        assert rematch(vault) == ()
        (proposed,) = queue(vault)
        assert proposed.proposed
        whose = party.add(vault, NAME, kind="customer", aliases=["华信"], codes=[CODE])
        (filed,) = rematch(vault)
        assert filed.customer == whose.id
        ingest(vault)
        assert sound(vault)


def test_a_code_belongs_to_one_customer(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        first = party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        with pytest.raises(UsageError, match="already"):
            party.add(vault, NAME, kind="customer", aliases=[], codes=[])
        with pytest.raises(UsageError, match=first.id):
            party.add(vault, OTHER, kind="customer", aliases=[], codes=[CODE.lower()])
        other = party.add(vault, OTHER, kind="customer", aliases=[], codes=[])
        with pytest.raises(UsageError, match=first.id):
            party.learn(vault, other.id, aliases=[], codes=[CODE])
        again = party.learn(vault, first.id, aliases=["华信", "华信"], codes=[CODE])
        assert again.names.count("华信") == 1


def test_a_category_in_doubt_is_decided_alone(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[])
        drop(vault, f"{NAME}/a.txt", f"{NAME}\n今天天气很好")
        ingest(vault)
        (waiting,) = queue(vault)
        with pytest.raises(UsageError, match="nothing is proposed for what") as refused:
            accept(vault, waiting)
        assert f"assign {waiting.id} --category" in refused.value.advice()
        decided = assign(vault, waiting, None, "correspondence")
        with pytest.raises(UsageError, match="nothing about"):
            accept(vault, decided)
        assert (decided.category, decided.open) == ("correspondence", ())
        assert decided.archive_no.startswith("0001-15-")
        assert list(papers(vault)) == [decided.path.removeprefix("customers/")]


def test_a_move_whose_file_is_gone_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "新店/a.txt", CONTRACT.format(name="新店"))
        ingest(vault)
        (waiting,) = queue(vault)
        with monkeypatch.context() as patched:
            patched.setattr(door, "link", _no_power)
            with pytest.raises(KeyboardInterrupt):
                accept(vault, waiting)
        (vault.layout.root / waiting.path).unlink()
        with pytest.raises(DamageFound, match="missing"):
            finish_moves(vault)


def _no_power(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_licence_teaches_the_code_of_a_customer_who_has_none(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "a.txt", LICENCE)
        ingest(vault)
        (waiting,) = queue(vault)
        whose = party.add(vault, OTHER, kind="customer", aliases=[], codes=[])
        assign(vault, waiting, whose.id, None)
        known = party.directory(vault).get(whose.id)
        assert known
        assert known.codes == (CODE,)
        second = party.add(vault, "样本三店", kind="customer", aliases=[], codes=[])
        drop(vault, "b.txt", LICENCE + "\n副本")
        (taken,) = ingest(vault).values()
        assert taken.document
        assert taken.document.customer == whose.id
        assert party.directory(vault).get(second.id) == second


def test_a_customer_is_found_by_every_name(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        whose = party.add(
            vault, NAME, kind="customer", aliases=[], codes=[" ９２９９０００１ma1hx1001g"]
        )
        assert whose.codes == (CODE,)
        drop(vault, "a.txt", LICENCE)
        ingest(vault)
        party.learn(vault, whose.id, aliases=["小红车队"], codes=[])
        ingest(vault)
        for query in (Text("小红", "customer"), Text("小红车队")):
            found = vault.search.search(Asked(query, vault.clock().date()))
            assert found.total == 1
        assert sound(vault)
        for nothing in ("", "  ", "·"):
            with pytest.raises(UsageError, match="needs a name"):
                party.add(vault, nothing, kind="customer", aliases=[], codes=[])


def test_a_conflict_says_what_stands_on_the_paper(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[])
        party.add(vault, OTHER, kind="customer", aliases=[], codes=[])
        drop(vault, f"{OTHER}/a.txt", CONTRACT.format(name=NAME))
        ingest(vault)
        (waiting,) = queue(vault)
        assert dict(waiting.open[0].facts) == {"name": OTHER, "read": NAME}
        assert f"otherwise: {NAME}" in sentence(waiting.open[0])
        assert "otherwise: –" in sentence(Because.of("customer_conflict", name=OTHER))
