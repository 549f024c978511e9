"""A paper that leaves the vault leaves it wholly; the ledger and the account remember."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

from archiver.catalogue import documents, events, ledger, receipts, tombstones
from archiver.core.model import Outcome
from archiver.custody import party
from archiver.custody.fact import add_event
from archiver.custody.tombstone import bury, forget_lines
from archiver.intake.publish import publish
from archiver.repair.check import check
from archiver.report.account import account
from archiver.review.series import join
from tests.worlds import CODE, LICENCE, a_vault, drop, ingest, papers, tree

NAME = "青梧市华信样本运输有限公司"


def test_a_buried_paper_is_gone_and_remembered(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        whose = party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        drop(vault, "a.txt", LICENCE)
        ingest(vault)
        before = account(vault, None)
        with vault.catalogue.read() as tx:
            (document,) = documents.all_documents(tx)
        told = add_event(
            vault, "service_completed", customer=whose.id, document=document.id, day=None
        )
        bury(vault, document, "destruction", {"approval": "A000001"})
        bury(vault, document, "destruction")
        publish(vault)
        with vault.catalogue.read() as tx:
            assert documents.find(tx, document.archive_no) is None
            assert events.all_events(tx) == (replace(told, document=None),)
            assert not tombstones.leaving(tx)
            remembered = tombstones.find(tx, document.archive_no)
            (receipt,) = [
                one for one in receipts.latest(tx, None, 99) if one.outcome is Outcome.FILED
            ]
            *_, entry = map(json.loads, ledger.lines(tx))
        assert (receipt.document, receipt.gone) == (None, document.id)
        assert remembered
        assert remembered.told.facts["sha256"] == document.digest
        assert entry["action"] == "destruction"
        assert entry["facts"]["sha256"] == document.digest
        assert entry["facts"]["approval"] == "A000001"
        assert account(vault, None) == before
        assert papers(vault) == {}
        assert document.id.encode() not in b"".join(tree(vault.layout.customers).values())
        assert dict(vault.search.documents()) == {}
        assert not check(vault, deep=True, progress=lambda done, of: None)


def test_its_number_is_not_given_again(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        drop(vault, "a.txt", LICENCE)
        ingest(vault)
        with vault.catalogue.read() as tx:
            (first,) = documents.all_documents(tx)
        bury(vault, first, "withdrawal")
        drop(vault, "a.txt", LICENCE)
        (taken,) = ingest(vault).values()
        assert taken.outcome is Outcome.FILED
        assert taken.document is not None
        assert taken.document.id != first.id
        assert taken.document.archive_no != first.archive_no


def test_it_can_be_repeated_after_a_cut(tmp_path: Path) -> None:
    """The file went and the machine with it, before the row."""
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "a.txt", LICENCE)
        ingest(vault)
        with vault.catalogue.read() as tx:
            (document,) = documents.all_documents(tx)
        (vault.layout.root / document.path).unlink()
        (vault.layout.customers / "_unassigned" / "records.jsonl").write_text("", "utf-8")
        bury(vault, document, "withdrawal")
        publish(vault)
        assert not check(vault, deep=True, progress=lambda done, of: None)


def test_all_files_of_a_document_go_together(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        for name, text in (("a.txt", "第一页"), ("b.txt", "第二页"), ("c.txt", "另一份")):
            drop(vault, name, text)
        first, second, other = (one.document for _, one in sorted(ingest(vault).items()))
        assert first
        assert second
        assert other
        joined = join(vault, [first, second])
        bury(vault, joined, "destruction")
        publish(vault)
        with vault.catalogue.read() as tx:
            assert [one.id for one in documents.all_documents(tx)] == [other.id]
            entries = [json.loads(line) for line in ledger.lines(tx)]
        gone = [one["facts"]["document"] for one in entries if one["action"] == "destruction"]
        assert sorted(gone) == [first.id, second.id]
        assert not check(vault, deep=True, progress=lambda done, of: None)


def test_a_paper_whose_folder_is_gone_and_a_line_that_was_torn_stop_nothing(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        for number in ("1", "2"):
            drop(vault, f"{number}.txt", LICENCE + number)
        ingest(vault)
        with vault.catalogue.read() as tx:
            first, second = documents.all_documents(tx)
        records = vault.layout.customers / NAME / "records.jsonl"
        with records.open("a", encoding="utf-8") as stream:
            stream.write('{"document":"D0000')
        forget_lines(vault, {first.id})
        told = [json.loads(line)["document"] for line in records.read_text("utf-8").splitlines()]
        assert told == [second.id]
        shutil.rmtree((vault.layout.root / first.path).parent)
        bury(vault, first, "destruction")
        with vault.catalogue.read() as tx:
            assert [one.id for one in documents.all_documents(tx)] == [second.id]
