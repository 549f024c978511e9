"""A file that holds several papers: each part has its outcome, the file counts once."""

from pathlib import Path

import pytest

from archiver.catalogue import documents, receipts
from archiver.core.model import Outcome, ReceiptId
from archiver.custody import party, whole
from archiver.custody.matching import rematch
from archiver.intake.package import Allowance
from archiver.intake.taken import Taken
from archiver.repair.check import check
from archiver.report.account import account
from archiver.review.decide import accept, queue
from archiver.vault.vault import Vault
from tests.worlds import (
    CODE,
    CONTRACT,
    LICENCE,
    a_mail,
    a_vault,
    a_zip,
    drop,
    ingest,
    papers,
    reopened,
)

NAME = "青梧市华信样本运输有限公司"
LETTER = f"关于资料的联系函\n{NAME}：\n特此函告\n此致\n敬礼\n贵公司"
CONTRACT_BYTES = CONTRACT.format(name=NAME).encode()


def sound(vault: Vault) -> bool:
    return not check(vault, deep=True, progress=lambda done, of: None)


def outcomes(taken: Taken) -> list[Outcome]:
    return [part.outcome for part in taken.parts]


def test_a_mail_is_a_paper_and_so_are_its_attachments(tmp_path: Path) -> None:
    mail = a_mail(LETTER, {"执照.txt": LICENCE.encode(), "合同.txt": CONTRACT_BYTES})
    with a_vault(tmp_path / "vault") as vault:
        whose = party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        drop(vault, "来信.eml", mail)
        (taken,) = ingest(vault).values()
        assert taken.outcome is Outcome.FILED
        assert taken.document
        assert taken.document.category == "correspondence"
        assert outcomes(taken) == [Outcome.FILED, Outcome.FILED]
        assert [part.source for part in taken.parts] == ["来信.eml/执照.txt", "来信.eml/合同.txt"]
        assert {part.document.customer for part in taken.parts if part.document} == {whose.id}
        assert mail in papers(vault).values(), "the mail itself is kept as it came"
        assert len(papers(vault)) == 3
        assert account(vault, None).received == 1
        assert sound(vault)
        with vault.catalogue.read() as tx:
            inside = receipts.parts_of(tx, ReceiptId(taken.receipt or ""))
        assert [one.id.rpartition(".")[2] for one in inside] == ["0", "1", "2"]
        assert not vault.layout.scratch.exists() or not any(vault.layout.scratch.iterdir())


def test_the_worst_part_decides_and_only_it_lies_in_quarantine(tmp_path: Path) -> None:
    held = {"a/执照.txt": LICENCE.encode(), "b.txt": b"LOCKED", "c.txt": b"", "d.txt": b"who?"}
    with a_vault(tmp_path / "vault") as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        drop(vault, "scans.zip", a_zip(held))
        (taken,) = ingest(vault).values()
        assert taken.outcome is Outcome.QUARANTINED
        assert taken.document is None
        assert outcomes(taken) == [
            Outcome.FILED,
            Outcome.QUARANTINED,
            Outcome.QUARANTINED,
            Outcome.REVIEW,
        ]
        assert {one.code for one in taken.reasons} >= {"holds_parts", "encrypted", "empty"}
        with vault.catalogue.read() as tx:
            aside = [one.source for one in receipts.aside(tx)]
        assert aside == ["scans.zip/b.txt", "scans.zip/c.txt"]
        assert account(vault, None).quarantined == 1
        assert sound(vault)


def test_the_same_file_again_is_a_duplicate_with_all_it_holds(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        for content in (a_mail(LETTER, {"a.txt": LICENCE.encode()}), a_zip({"b": CONTRACT_BYTES})):
            drop(vault, "first", content)
            ingest(vault)
            drop(vault, "second", content)
            (taken,) = ingest(vault).values()
            assert taken.outcome is Outcome.DUPLICATE
        assert len(papers(vault)) == 3
        assert account(vault, None).duplicate == 2
        assert sound(vault)


def test_archives_within_archives_are_bounded(tmp_path: Path) -> None:
    inner = a_zip({"执照.txt": LICENCE.encode()})
    with a_vault(tmp_path / "vault") as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        drop(vault, "two.zip", a_zip({"inner.zip": inner}))
        (two,) = ingest(vault).values()
        assert two.outcome is Outcome.FILED
        assert outcomes(two.parts[0]) == [Outcome.FILED]
        drop(vault, "three.zip", a_zip({"two.zip": a_zip({"inner.zip": inner})}))
        (three,) = ingest(vault).values()
        assert three.outcome is Outcome.QUARANTINED
        assert "nested_too_deep" in {one.code for one in three.reasons}
        drop(vault, "deep.eml", a_mail(LETTER, {"m.eml": a_mail("二", {"三.zip": inner})}))
        (mail,) = ingest(vault).values()
        assert "nested_too_deep" in {one.code for one in mail.reasons}
        assert sound(vault)


def test_one_drop_has_so_many_parts_however_they_are_nested(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Allowance.__init__, "__defaults__", (5,))
    many = {f"{number}.txt": b"%d" % number for number in range(3)}
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "a.zip", a_zip({"b.zip": a_zip(many), "c.zip": a_zip(many)}))
        (taken,) = ingest(vault).values()
        assert sorted(outcomes(taken)) == [Outcome.QUARANTINED, Outcome.REVIEW]
        assert "too_many_parts" in {one.code for one in taken.reasons}
        assert sound(vault)


def test_names_from_inside_lead_nowhere(tmp_path: Path) -> None:
    names = ["../../../etc/passwd", "/abs.txt", "a/../../b.txt", "x\u202etxt.exe", "长" * 200]
    with a_vault(tmp_path / "vault") as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[])
        held = {name: f"{number}".encode() for number, name in enumerate(names)}
        drop(vault, f"{NAME}/a.zip", a_zip(held))
        (taken,) = ingest(vault).values()
        for part in taken.parts:
            assert part.source.startswith(f"{NAME}/a.zip/")
            assert ".." not in part.source.split("/")
            assert "\u202e" not in part.source
        assert len(papers(vault)) == len(names)
        assert sound(vault)


def test_what_came_in_a_mail_is_proposed_to_its_customer(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        whose = party.add(vault, NAME, kind="customer", aliases=[], codes=[])
        drop(vault, "来信.eml", a_mail(LETTER, {"a.txt": b"a page without a name"}))
        ingest(vault)
        assert rematch(vault) == ()
        (waiting,) = queue(vault)
        assert waiting.proposed == whose.id
        assert "came_with_mail" in {one.code for one in waiting.open}
        assert accept(vault, waiting).customer == whose.id
        ingest(vault)
        assert sound(vault)


@pytest.mark.parametrize("moment", ["parts", "whole", "goodbye"])
def test_a_crash_between_parts_is_made_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """Whatever was filed before the crash is found again; nothing is filed twice."""
    mail = a_mail(LETTER, {"执照.txt": LICENCE.encode(), "合同.txt": CONTRACT_BYTES})
    root = tmp_path / "vault"
    target = {
        "parts": "archiver.intake.pipeline.known",
        "whole": "archiver.intake.pipeline.whole.close",
        "goodbye": "archiver.intake.pipeline.release",
    }[moment]
    with a_vault(root) as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        drop(vault, "来信.eml", mail)
        calls = iter(range(9))

        def cut(*words: object, **more: object) -> None:
            if moment != "parts" or next(calls) == 2:
                raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(target, cut)
            with pytest.raises(KeyboardInterrupt):
                ingest(vault)
    with reopened(root) as vault:
        ingest(vault)
        assert len(papers(vault)) == 3
        assert (account(vault, None).filed, account(vault, None).received) == (1, 1)
        with vault.catalogue.read() as tx:
            assert len(list(documents.all_documents(tx))) == 3
        assert sound(vault)


def test_the_worst_outcome_is_last() -> None:
    assert set(whole._WORST_LAST) == set(Outcome) - {Outcome.WAITING}
