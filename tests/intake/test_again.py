"""Files of the quarantine, taken once more, filed unread or handed back."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from archiver.catalogue import aside, documents
from archiver.catalogue.aside import Entry
from archiver.catalogue.store import Connection
from archiver.core.errors import Busy, DamageFound, DocumentError, UsageError
from archiver.core.model import Because, Digest, Document, Outcome, Reading, Scan
from archiver.custody import party, quarantine, settlement
from archiver.custody.settlement import begin
from archiver.disk.guard import only_one
from archiver.disk.lines import replace_text
from archiver.intake.again import due_at, hand_back, release_unread, retry, retry_due
from archiver.intake.publish import publish
from archiver.intake.shift import Shift
from archiver.repair.check import check
from archiver.report.account import account
from archiver.vault.vault import Vault, open_vault
from tests.intake.locked import KEY, NAME, PAPER, a_locked_zip, again, entries, with_aside
from tests.worlds import LICENCE, NOW, PlainReader, a_mail, drop, ingest, papers, prepared, tree


class Tired(PlainReader):
    """Takes too long over everything."""

    def read(self, scan: Scan) -> Reading:
        raise DocumentError(Because.of("timed_out", seconds=120))


def outcomes(vault: Vault, entry: Entry, password: str | None = None) -> list[Outcome]:
    return [one.outcome for one in retry(vault, [entry], password)]


def actions(vault: Vault) -> list[str]:
    lines = (vault.layout.ledger / "current.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["action"] for line in lines]


@contextmanager
def at(root: Path, moment: datetime, reader: PlainReader) -> Iterator[Vault]:
    with prepared(open_vault(root, "clerk", lambda: moment)) as vault:
        vault.__dict__["reader"] = reader
        yield vault


def test_the_right_password_files_it_and_the_receipt_stays_as_it_was(tmp_path: Path) -> None:
    with with_aside(tmp_path / "vault") as vault:
        (entry,) = entries(vault)
        assert outcomes(vault, entry, KEY) == [Outcome.FILED]
        assert entries(vault) == ()
        (done,) = entries(vault, settled=True)
        assert done.receipt == entry.receipt
        assert done.settled
        assert (done.settled.act, done.settled.by) == ("retried", "clerk")
        assert list(papers(vault).values()) == [PAPER.encode()], "the bytes stay locked"
        with vault.catalogue.read() as tx:
            ((document, text),) = tx.exec_driver_sql("SELECT id, facts FROM documents").all()
            assert "营业执照" in documents.pages_of(tx, document)[0].text
        assert json.loads(text) == {"encrypted": "password"}
        assert tree(vault.layout.quarantine) == {}
        assert "quarantine_settled" in actions(vault)
        counted = account(vault, None)
        assert (counted.quarantined, counted.received, counted.differs) == (1, 1, ())
        for path, data in tree(vault.layout.root).items():
            assert KEY.encode() not in data, path


def test_a_wrong_password_is_counted_and_said(tmp_path: Path) -> None:
    with with_aside(tmp_path / "vault") as vault:
        for tries in (1, 2):
            (entry,) = entries(vault)
            assert outcomes(vault, entry, "wrong") == [Outcome.QUARANTINED]
            (entry,) = entries(vault)
            assert (entry.tries, entry.reasons[0].code) == (tries, "wrong_password")
            assert entry.receipt.reasons[0].code == "encrypted"
            assert due_at(entry) is None, "no loop"
        assert len(tree(vault.layout.quarantine)) == 2


def test_what_no_password_opens_says_so(tmp_path: Path) -> None:
    with with_aside(tmp_path / "vault", content="LOCKED") as vault:
        assert outcomes(vault, entries(vault)[0], KEY) == [Outcome.QUARANTINED]
        assert entries(vault)[0].reasons[0].code == "unknown_lock"
        assert outcomes(vault, entries(vault)[0]) == [Outcome.QUARANTINED]
        assert entries(vault)[0].reasons[0].code == "encrypted"


def test_a_file_that_was_changed_is_not_taken(tmp_path: Path) -> None:
    with with_aside(tmp_path / "vault") as vault:
        (entry,) = entries(vault)
        path = vault.layout.root / entry.receipt.path
        path.chmod(0o640)
        path.write_text(LICENCE, encoding="utf-8")
        assert outcomes(vault, entry, KEY) == [Outcome.QUARANTINED]
        assert entries(vault)[0].reasons[0].code == "changed_aside"
        with pytest.raises(DamageFound):
            hand_back(vault, entry, "no paper")
        path.unlink()
        assert outcomes(vault, entry, KEY) == [Outcome.WAITING]
        assert papers(vault) == {}


def test_two_receipts_of_one_file_leave_one_after_the_other(tmp_path: Path) -> None:
    with with_aside(tmp_path / "vault") as vault:
        drop(vault, "a.txt", PAPER)
        ingest(vault)
        first, second = entries(vault)
        assert first.receipt.path == second.receipt.path
        assert outcomes(vault, first, KEY) == [Outcome.FILED]
        assert len(tree(vault.layout.quarantine)) == 2, "the second still waits with it"
        assert outcomes(vault, second, KEY) == [Outcome.DUPLICATE]
        assert tree(vault.layout.quarantine) == {}
        assert len(papers(vault)) == 1


def test_the_same_bytes_put_aside_while_they_leave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with with_aside(tmp_path / "vault") as vault:
        (entry,) = entries(vault)

        def leaves_meanwhile(path: Path, text: str) -> None:
            monkeypatch.undo()
            replace_text(path, text)
            outcomes(vault, entry, KEY)

        drop(vault, "a.txt", PAPER)
        monkeypatch.setattr(quarantine, "replace_text", leaves_meanwhile)
        with Shift(vault, "test") as shift:
            arrival = shift.take("a.txt")
            assert arrival
            quarantine.put_aside(vault, arrival, Because.of("encrypted"))
        assert len(papers(vault)) == 1
        assert PAPER.encode() in tree(vault.layout.quarantine).values()
        assert len(tree(vault.layout.quarantine)) == 2


def test_a_locked_archive_gives_its_papers_each_with_a_receipt(tmp_path: Path) -> None:
    content = a_locked_zip(LICENCE, "LOCKED")
    with with_aside(tmp_path / "vault", "a.zip", content) as vault:
        (entry,) = entries(vault)
        (taken,) = retry(vault, [entry], KEY)
        assert taken.outcome is Outcome.QUARANTINED
        assert [part.outcome.value for part in taken.parts] == ["review", "filed", "quarantined"]
        (inside,) = entries(vault)
        assert inside.receipt.within == entry.receipt.id
        assert account(vault, None).received == 1
        page = (vault.layout.inbox / "收件回执.html").read_text(encoding="utf-8")
        assert "重试后已接收" in page
        assert page.count('class="part"') == 3


def test_a_locked_file_with_papers_in_it_is_one_too(tmp_path: Path) -> None:
    content = b"X-Shut: yes\n" + a_mail(LICENCE, {"x.txt": b"LOCKED", "y.txt": b"open"})
    with with_aside(tmp_path / "vault", "a.eml", content) as vault:
        (entry,) = entries(vault)
        (taken,) = retry(vault, [entry], KEY)
        assert taken.document
        assert taken.document.receipt == f"{entry.receipt.id}.0"
        assert [one.outcome.value for one in taken.parts] == ["quarantined", "review"]
        assert [one.receipt.id for one in entries(vault)] == [f"{entry.receipt.id}.1"]
        (done, *_) = entries(vault, settled=True)
        assert done.settled
        assert done.settled.document == taken.document.id
        assert account(vault, None).received == 1
        assert not check(vault, deep=True, progress=lambda done, of: None)


def test_the_part_of_a_mail_knows_whose_mail_it_was(tmp_path: Path) -> None:
    letter = a_mail(f"{LICENCE}", {"x.txt": "SHUT\n随便写的几个字".encode()})
    with with_aside(tmp_path / "vault", "a.eml", letter) as vault:
        (entry,) = entries(vault)
        assert entry.receipt.id.endswith(".1")
        (taken,) = retry(vault, [entry], KEY)
        assert taken.document
        whose = party.directory(vault).resolve(NAME)
        assert whose
        assert taken.document.proposed == whose.id
        assert not check(vault, deep=True, progress=lambda done, of: None)


def test_a_person_vouches_for_what_nothing_reads(tmp_path: Path) -> None:
    with with_aside(tmp_path / "vault", "图.dwg", b"AC1032\0\0 drawing") as vault:
        (entry,) = entries(vault)
        whose = party.directory(vault).resolve(NAME)
        assert whose
        document = release_unread(vault, entry, whose, "contract", reason="图纸")
        publish(vault)
        assert document.path.endswith(f"图 {document.digest[:8]}.dwg")
        assert (document.customer, document.open) == (whose.id, ())
        with vault.catalogue.read() as tx:
            accepted = tx.exec_driver_sql("SELECT accepted_by FROM documents").scalar_one()
        assert accepted == "P0001"
        (done,) = entries(vault, settled=True)
        assert done.settled
        assert (done.settled.act, done.settled.reason) == ("released", "图纸")
        assert due_at(done) is None
        with pytest.raises(UsageError):
            release_unread(vault, entry, whose, "other", reason=None)
        drop(vault, "again.dwg", b"AC1032\0\0 drawing")
        ingest(vault)
        assert account(vault, None).quarantined == 2, "still nothing that reads it"
        (twin,) = entries(vault)
        assert release_unread(vault, twin, whose, "other", reason=None).id == document.id
        assert len(papers(vault)) == 1
        assert not check(vault, deep=True, progress=lambda done, of: None)


def test_the_same_bytes_filed_by_another_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with with_aside(tmp_path / "vault") as vault:
        drop(vault, "a.txt", PAPER)
        ingest(vault)
        first, second = entries(vault)
        whose = party.directory(vault).resolve(NAME)
        assert whose
        document = release_unread(vault, first, whose, "other", reason=None)
        real = documents.with_digest

        def not_yet_seen(tx: Connection, digest: Digest) -> tuple[Document, ...]:
            monkeypatch.setattr(documents, "with_digest", real)
            return ()

        monkeypatch.setattr(documents, "with_digest", not_yet_seen)
        assert release_unread(vault, second, whose, "other", reason=None).id == document.id
        assert len(papers(vault)) == 1


def test_what_is_handed_back_is_told_to_who_dropped_it(tmp_path: Path) -> None:
    with with_aside(tmp_path / "vault", "店/猫.txt") as vault:
        path = hand_back(vault, entries(vault)[0], "一只猫")
        publish(vault)
        assert (vault.layout.root / path).read_text(encoding="utf-8") == PAPER
        page = (vault.layout.inbox / "店" / "收件回执.html").read_text(encoding="utf-8")
        assert 'class="state returned">已退还' in page
        assert "一只猫" in page


def test_two_do_not_settle_at_once(tmp_path: Path) -> None:
    with with_aside(tmp_path / "vault") as vault:
        (entry,) = entries(vault)
        with only_one(vault.layout.settling, "quarantine"):
            with pytest.raises(Busy):
                outcomes(vault, entry, KEY)
            assert list(retry_due(vault)) == []
        assert outcomes(vault, entry, KEY) == [Outcome.FILED]
        assert outcomes(vault, entry, KEY) == [], "settled meanwhile"


def test_what_may_pass_is_tried_by_itself_until_it_is_given_up(tmp_path: Path) -> None:
    root = tmp_path / "vault"
    with with_aside(root):
        pass
    with at(root, NOW, Tired()) as vault:
        drop(vault, "slow.txt", LICENCE)
        ingest(vault)
    moment = NOW
    for wait in (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6), timedelta(days=1)):
        with at(root, moment + wait - timedelta(seconds=1), Tired()) as vault:
            assert list(retry_due(vault)) == []
        moment += wait
        with at(root, moment, Tired()) as vault:
            (taken,) = retry_due(vault)
            assert taken.outcome is Outcome.QUARANTINED
    with at(root, moment + timedelta(days=1000), PlainReader()) as vault:
        assert list(retry_due(vault)) == []
        slow = next(one for one in entries(vault) if one.receipt.source == "slow.txt")
        assert slow.tries == 4
        assert outcomes(vault, slow) == [Outcome.FILED], "a person may still try"


def test_a_try_that_was_cut_short_is_repeated_by_itself(tmp_path: Path) -> None:
    root = tmp_path / "vault"
    with with_aside(root) as vault:
        begin(vault, entries(vault)[0].receipt.id)
    with again(root) as vault:
        ingest(vault)
        (entry,) = entries(vault)
        assert (entry.tries, entry.reasons[0].code) == (1, "interrupted")
        assert due_at(entry) == NOW + timedelta(hours=1)
        assert settlement.cut_short(vault) == ()


def test_a_receipt_that_is_none(tmp_path: Path) -> None:
    with with_aside(tmp_path / "vault") as vault, vault.catalogue.read() as tx:
        (entry,) = aside.entries(tx)
        assert aside.entry(tx, entry.receipt.id) == entry
        assert aside.entry(tx, type(entry.receipt.id)("R0")) is None
