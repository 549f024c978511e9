"""Papers that have to do with one another: linked and shown, never refused."""

import itertools
import json
from pathlib import Path

import pytest

from archiver.catalogue import ledger
from archiver.catalogue.links import links_of
from archiver.core.model import Document, DocumentId, Outcome
from archiver.custody import party
from archiver.custody.tombstone import bury
from archiver.intake import ingest as ingest_pass
from archiver.repair.check import check
from archiver.report.kin import kin
from archiver.review.decide import assign
from archiver.review.paper import look
from archiver.vault.vault import Vault
from tests.worlds import CODE, CONTRACT, LICENCE, a_vault, drop, ingest

NAME = "青梧市华信样本运输有限公司"
SCAN = "LOOK 00f0e1c38700ff3c\n" + CONTRACT.format(name=NAME) + "\n第一条 货物名称与数量如附件"
AGAIN = SCAN.replace("00f0", "00f1").replace("附件", "附仵")


def licence(day: str) -> str:
    return LICENCE + f"\n{day}"


def codes(vault: Vault, document: Document) -> list[tuple[str, str]]:
    found = kin(vault, document).linked
    return [(one.code, dict(one.facts)["document"]) for one in found]


def noted(vault: Vault, action: str) -> list[tuple[str, str]]:
    with vault.catalogue.read() as tx:
        entries = [json.loads(line) for line in ledger.lines(tx)]
    facts = [one["facts"] for one in entries if one["action"] == action]
    return [(one["document"], one["other"]) for one in facts]


def dropped(vault: Vault, name: str, content: str) -> Document:
    drop(vault, name, content)
    (taken,) = ingest(vault).values()
    assert taken.document
    return taken.document


@pytest.mark.parametrize("order", [(SCAN, AGAIN), (AGAIN, SCAN)])
def test_a_rescan_is_archived_and_linked_both_ways(tmp_path: Path, order: tuple[str, str]) -> None:
    with a_vault(tmp_path / "vault") as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        first, second = (dropped(vault, f"{n}.txt", text) for n, text in enumerate(order))
        assert second.outcome is Outcome.FILED
        assert codes(vault, first) == [("rescan", second.id)]
        assert codes(vault, second) == [("rescan", first.id)]
        (told,) = kin(vault, second).linked
        assert dict(told.facts)["bits"] == "1"
        assert noted(vault, "linking") == [(second.id, first.id)]
        other = dropped(vault, "3.txt", SCAN.replace("YB-1", "YB-2"))
        assert codes(vault, other) == [], "the same form with another number"


def test_a_rescan_that_waits_says_so_and_one_of_another_customer_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest_pass, "catch_up", lambda vault: ())
    with a_vault(tmp_path / "vault") as vault:
        waiting = dropped(vault, "1.txt", SCAN)
        party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        filed = dropped(vault, "2.txt", AGAIN)
        assert codes(vault, filed) == [("rescan", waiting.id)]
        paper = look(vault, party.directory(vault), waiting.id)
        assert paper
        assert "rescan" in {one.code for one in paper.customer_because}
        somebody = party.add(vault, "别家样本店", kind="customer", aliases=[], codes=[])
        decided = assign(vault, waiting, somebody.id, None)
        assert codes(vault, decided) == codes(vault, filed) == []
        assert noted(vault, "unlinking") == [(filed.id, waiting.id)]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_later_licence_replaces_the_one_before(tmp_path: Path, order: tuple[int, ...]) -> None:
    days = ["2015年3月1日", "2019年4月2日", "2023年5月6日"]
    with a_vault(tmp_path / "vault") as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        found = {at: dropped(vault, f"{at}.txt", licence(f"发证日期 {days[at]}")) for at in order}
        first, second, third = (found[at].id for at in range(3))
        assert codes(vault, found[0]) == [("replaced_by", second)]
        assert codes(vault, found[1]) == [("replaces", first), ("replaced_by", third)] or codes(
            vault, found[1]
        ) == [("replaced_by", third), ("replaces", first)]
        assert codes(vault, found[2]) == [("replaces", second)]
        assert dict(kin(vault, found[0]).linked[0].facts)["day"] == "2019-04-02"


def test_only_what_the_rules_declare_replaces_anything(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        file = vault.layout.rules / "categories.toml"
        file.write_text(file.read_text("utf-8").replace("supersedes = true\n", ""), "utf-8")
        party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        for number, day in enumerate(("2015年3月1日", "2019年4月2日")):
            document = dropped(vault, f"{number}.txt", licence(f"发证日期 {day}"))
        assert codes(vault, document) == []


def test_links_go_with_the_document(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        first, second = dropped(vault, "1.txt", SCAN), dropped(vault, "2.txt", AGAIN)
        bury(vault, second, "destruction")
        with vault.catalogue.read() as tx:
            assert links_of(tx, [DocumentId(first.id)]) == []
        third = dropped(vault, "3.txt", AGAIN)
        assert codes(vault, third) == [("rescan", first.id)]
        ingest(vault)
        assert not check(vault, deep=True, progress=lambda done, of: None)


def test_a_form_that_everybody_fills_in_costs_no_more_with_every_paper(tmp_path: Path) -> None:
    """Marks that many papers have are not followed."""
    with a_vault(tmp_path / "vault") as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        for number in range(30):
            drop(vault, f"{number}.txt", SCAN.replace("YB-1", f"YB-7{number:05d}"))
        drop(vault, "z.txt", AGAIN.replace("YB-1", "YB-700007"))
        taken = ingest(vault)
        last = taken["z.txt"].document
        assert last
        twin = taken["7.txt"].document
        assert twin
        assert codes(vault, last) == [("rescan", twin.id)]
