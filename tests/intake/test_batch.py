"""Batch scans on their way: each paper is a document, the batch is none, and nothing is lost."""

import gc
import json
from contextlib import suppress
from pathlib import Path

import pytest

from archiver.catalogue import customers, ledger, receipts
from archiver.core.errors import DocumentError
from archiver.core.model import Because, Outcome, ReceiptId
from archiver.custody import party, whole
from archiver.intake import batch
from archiver.intake.batch import for_anybody
from archiver.reading.members import Member
from archiver.repair.check import check
from archiver.report.account import account
from archiver.report.kin import kin
from archiver.vault.settings import BatchSettings
from archiver.vault.vault import Vault
from tests.faults.disk import behind
from tests.faults.mains import Cutting, PowerCut
from tests.nightly import NIGHTLY
from tests.worlds import CODE, CONTRACT, LICENCE, a_vault, drop, ingest, papers, reopened

NAME = "青梧市华信样本运输有限公司"
SHEET = "ARCHIVER-NEXT"
INVOICE = CONTRACT.format(name=NAME)
BATCH = "\f".join([LICENCE, "", INVOICE, "第二页", SHEET, "who?", ""])


@pytest.fixture(autouse=True)
def _texts_are_scans(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader of these tests divides texts at form feeds."""
    monkeypatch.setattr(batch, "_SUFFIX", {"text/plain": ".txt"})


def declared(vault: Vault, *split: str, folder: str = "扫描仪") -> Vault:
    batches = (BatchSettings.model_validate({"folder": folder, "split": split}),)
    vault.settings = vault.settings.model_copy(update={"batch": batches if split else ()})
    return vault


def _off(*_: object) -> None:
    raise PowerCut


def sound(vault: Vault) -> bool:
    return not check(vault, deep=True, progress=lambda done, of: None)


def entries(vault: Vault, action: str) -> list[dict[str, object]]:
    with vault.catalogue.read() as tx:
        found = [json.loads(line) for line in ledger.lines(tx)]
    return [one["facts"] for one in found if one["action"] == action]


def test_each_paper_of_a_batch_is_a_document_and_says_where_it_was(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        declared(vault, "blank", "separator")
        whose = party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        drop(vault, "扫描仪/0001.txt", BATCH)
        (taken,) = ingest(vault).values()
        assert taken.outcome is Outcome.REVIEW, "the worst of its papers"
        assert taken.document is None
        outcomes = [part.outcome for part in taken.parts]
        assert outcomes == [Outcome.FILED, Outcome.FILED, Outcome.REVIEW]
        assert [part.source for part in taken.parts] == [
            f"扫描仪/0001.txt/{pages}.txt" for pages in ("1", "3-4", "6")
        ]
        documents = [part.document for part in taken.parts if part.document]
        assert [one.customer for one in documents][:2] == [whose.id] * 2
        assert [one.receipt for one in documents] == [f"{taken.receipt}.{n}" for n in (1, 2, 3)]
        assert sorted(papers(vault).values()) == sorted(
            text.encode() for text in (LICENCE, f"{INVOICE}\f第二页", "who?")
        ), "the batch itself is not kept"
        found = [kin(vault, one) for one in documents]
        assert [one.pages for one in found] == ["1", "3-4", "6"]
        assert {one.whole.id for one in found if one.whole} == {taken.receipt}
        (entry,) = entries(vault, "splitting")
        assert entry["pages"] == "1 3-4 6"
        assert entry["sha256"] == (found[0].whole.digest if found[0].whole else None)
        assert account(vault, None).received == 1
        assert sound(vault)
        with vault.catalogue.read() as tx:
            known = [one.name for one in customers.all_customers(tx)]
        assert "扫描仪" not in known, "the scanner's folder is no customer"


def test_the_same_batch_again_is_a_duplicate(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        declared(vault, "blank", "separator")
        party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        for name in ("扫描仪/1.txt", "扫描仪/楼上/2.txt"):
            drop(vault, name, BATCH)
            (taken,) = ingest(vault).values()
        assert taken.outcome is Outcome.DUPLICATE
        assert len(papers(vault)) == 3
        assert sound(vault)


def test_only_declared_folders_are_divided(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        party.add(vault, NAME, kind="customer", aliases=["华信"], codes=[CODE])
        drop(vault, "扫描仪/1.txt", BATCH)
        drop(vault, "华信/扫描/2.txt", LICENCE + "\f\f" + INVOICE)
        assert not any(taken.parts for taken in ingest(vault).values()), "off by default"
        declared(vault, "blank", folder="华信/扫描")
        drop(vault, "华信/3.txt", INVOICE + "\f\f" + LICENCE)
        drop(vault, "华信/扫描/4.txt", INVOICE + "\f\f" + LICENCE + "二")
        taken = ingest(vault)
        assert taken["华信/3.txt"].parts == ()
        assert len(taken["华信/扫描/4.txt"].parts) == 2
        assert not for_anybody(vault.settings.batch, "华信"), "it names its customer as always"


@pytest.mark.parametrize("content", ["\f\f", SHEET, f"\f{SHEET}\f", LICENCE, f"{SHEET}\f{LICENCE}"])
def test_a_batch_of_one_paper_or_of_none_stays_whole(tmp_path: Path, content: str) -> None:
    with a_vault(tmp_path / "vault") as vault:
        declared(vault, "blank", "separator")
        drop(vault, "扫描仪/1.txt", content)
        (taken,) = ingest(vault).values()
        assert taken.parts == ()
        assert taken.outcome in {Outcome.REVIEW, Outcome.FILED}
        assert list(papers(vault).values()) == [content.encode()]


# Whoosh leaves its files to the garbage collector when it cannot go on.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.usefixtures("unmeasured")
def test_a_batch_survives_a_cut_of_the_power(tmp_path: Path) -> None:
    whole_run = _cut(tmp_path / "whole", 10**6)
    assert whole_run.acts > 20
    for at in whole_run.places(1 if NIGHTLY else 4):
        _cut(tmp_path / str(at), at)


def _cut(root: Path, at: int) -> Cutting:
    """The power goes after so many acts, if there are as many; the next run does the rest."""
    with a_vault(root) as vault:
        declared(vault, "blank", "separator")
        drop(vault, "扫描仪/1.txt", BATCH)
        gate = Cutting(root, at, "lost")
        with suppress(PowerCut), behind(gate, root):
            ingest(vault)
    with reopened(root) as vault:
        declared(vault, "blank", "separator")
        ingest(vault)
        assert sorted(papers(vault).values()) == sorted(
            text.encode() for text in (LICENCE, f"{INVOICE}\f第二页", "who?")
        )
        assert account(vault, None).received == 1
        assert sound(vault)
    gc.collect()
    return gate


def test_settings_changed_after_a_crash_lose_no_page(tmp_path: Path) -> None:
    """Other pages under a receipt that was given already would be taken for done."""
    root = tmp_path / "vault"
    with a_vault(root) as vault:
        declared(vault, "blank", "separator")
        drop(vault, "扫描仪/1.txt", BATCH)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(whole, "close", _off)
            with pytest.raises(PowerCut):
                ingest(vault)
    with reopened(root) as vault:
        with vault.catalogue.read() as tx:
            (claimed,) = vault.layout.inbox.joinpath(".claims").iterdir()
            assert receipts.parts_of(tx, ReceiptId(claimed.name)), "some part was done"
        declared(vault, "separator")
        (taken,) = ingest(vault).values()
        assert taken.parts == ()
        assert BATCH.encode() in papers(vault).values()
        assert sound(vault)


@pytest.mark.parametrize("code", ["timed_out", "too_many_parts"])
def test_what_takes_too_long_to_divide_is_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    def refuse(*_: object) -> None:
        raise DocumentError(Because.of(code, parts=501, most=500, seconds=1))

    with a_vault(tmp_path / "vault") as vault:
        declared(vault, "blank")
        monkeypatch.setattr(vault.reader, "divide", refuse)
        drop(vault, "扫描仪/1.txt", BATCH)
        (taken,) = ingest(vault).values()
        assert taken.parts == ()
        assert (taken.outcome is Outcome.QUARANTINED) == (code == "too_many_parts")


def test_what_a_parser_cannot_part_or_names_wrongly_stays_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_vault(tmp_path / "vault") as vault:
        declared(vault, "blank")
        for number, told in enumerate(
            (Member("1", None, Because.of("damaged", why="x")), Member("../1", tmp_path))
        ):
            monkeypatch.setattr(vault.reader, "divide", lambda *_, told=told: (told, told))
            drop(vault, f"扫描仪/{number}.txt", BATCH + str(number))
            (taken,) = ingest(vault).values()
            assert taken.parts == ()
            assert taken.outcome is Outcome.FILED or taken.outcome is Outcome.REVIEW
