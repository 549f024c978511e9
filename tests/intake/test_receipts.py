"""The receipts pages tell whoever dropped a file what became of it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from archiver.catalogue import notices, receipts
from archiver.core.model import Outcome, ReceiptId
from archiver.custody import party
from archiver.intake.ingest import ingest_given, ingest_inbox
from archiver.intake.publish import publish
from archiver.intake.receipts import LAST, write_pages
from archiver.intake.sweep import PAGE
from archiver.review.decide import assign, queue
from archiver.vault.vault import Vault
from tests.worlds import CODE, CONTRACT, LICENCE, a_vault, a_zip, drop, ingest, papers, tree

NAME = "青梧市华信样本运输有限公司"


def page(vault: Vault, folder: str = "") -> str:
    return (vault.layout.inbox / folder / PAGE).read_text(encoding="utf-8")


def states(text: str) -> list[str]:
    return re.findall(r'<td class="state (\w+)">', text)


def test_every_folder_has_its_page_and_the_inbox_has_all(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        drop(vault, "a.txt", LICENCE)
        drop(vault, f"{NAME}/b.txt", CONTRACT.format(name=NAME))
        drop(vault, "新店/deep/c.txt", "LOCKED")
        drop(vault, "d.txt", LICENCE)
        ingest(vault)
        assert sorted(states(page(vault))) == ["duplicate", "filed", "filed", "quarantined"]
        assert states(page(vault, NAME)) == ["filed"]
        assert states(page(vault, "新店")) == ["quarantined"]
        assert not (vault.layout.inbox / "新店" / "deep" / PAGE).exists()
        assert "deep/c.txt" in page(vault, "新店")
        assert ingest(vault) == {}, "our own page is nobody's paper"


def test_the_page_shows_where_a_paper_lies_now(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        whose = party.add(vault, NAME, kind="customer", aliases=[], codes=[])
        drop(vault, "新店/a.txt", CONTRACT.format(name="谁"))
        ingest(vault)
        assert states(page(vault, "新店")) == ["review"]
        (waiting,) = queue(vault)
        decided = assign(vault, waiting, whose.id, None)
        publish(vault)
        for folder, up in (("新店", "../../"), ("", "../")):
            text = page(vault, folder)
            assert states(text) == ["filed"]
            assert decided.path in text
            (link,) = re.findall(r'href="([^"]+)"', text)
            assert link.startswith(up)
        with vault.catalogue.read() as tx:
            assert not notices.waiting(tx).last


def test_the_parts_of_an_archive_stand_below_it(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "b/a.zip", a_zip({"x": b"LOCKED", "y": b"two"}))
        ingest(vault)
        for folder in ("", "b"):
            assert states(page(vault, folder)) == ["quarantined", "quarantined", "review"]
            assert page(vault, folder).count('<tr class="part">') == 2
            assert '<li class="quarantined"><b>1</b>' in page(vault, folder)


def test_names_of_files_are_text_not_markup(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "<img src=x onerror=alert(1)> & co.txt", "LOCKED")
        ingest(vault)
        assert "<img" not in page(vault)
        assert "&lt;img src=x onerror=alert(1)&gt; &amp; co.txt" in page(vault)


def test_only_the_last_drops_are_shown_newest_first(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        now = vault.clock()
        with vault.catalogue.write() as tx:
            for number in range(LAST + 5):
                at = now + timedelta(seconds=number)
                receipts.give(
                    tx,
                    receipts.Receipt(
                        id=ReceiptId(f"R{number}"),
                        source=f"{number}.pdf",
                        day=at.date(),
                        settled_at=at.isoformat(),
                        outcome=Outcome.QUARANTINED,
                        digest=None,
                        size=0,
                        document=None,
                        path="quarantine/x",
                        reasons=(),
                    ),
                )
        assert write_pages(vault) == 1
        shown = re.findall(r"<td>(\d+)\.pdf", page(vault))
        assert shown == [str(number) for number in range(LAST + 4, 4, -1)]
        assert write_pages(vault) == 0


def test_a_folder_that_is_gone_or_a_link_gets_no_page(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "新店/a.txt", "LOCKED")
        with vault.catalogue.write() as tx:
            notices.notify(tx, "gone")
            notices.notify(tx, "link")
        (vault.layout.inbox / "link").symlink_to(outside)
        ingest(vault)
        assert not (vault.layout.inbox / "gone").exists()
        assert not any(outside.iterdir())
        assert states(page(vault, "新店")) == ["quarantined"]


@pytest.mark.parametrize("move", [True, False])
def test_given_files_are_told_in_the_inbox(tmp_path: Path, *, move: bool) -> None:
    given = tmp_path / "a.txt"
    given.write_text("LOCKED", encoding="utf-8")
    with a_vault(tmp_path / "vault") as vault:
        list(ingest_given(vault, [given], None, move=move))
        assert states(page(vault)) == ["quarantined"]


@pytest.mark.parametrize("folder", ["", "新店"])
def test_somebodys_own_file_of_that_name_makes_way(tmp_path: Path, folder: str) -> None:
    with a_vault(tmp_path / "vault") as vault:
        place = vault.layout.inbox / folder
        drop(vault, str(Path(folder, "a.txt")), LICENCE)
        settled = ingest_inbox(vault, None, lambda _: None)
        assert next(settled).outcome is Outcome.REVIEW
        (place / PAGE).write_text("my own notes", encoding="utf-8")
        (place / "收件回执 (1).html").write_text("notes of before", encoding="utf-8")
        assert not list(settled)
        assert "<table" in (place / PAGE).read_text(encoding="utf-8")
        assert (place / "收件回执 (2).html").read_text(encoding="utf-8") == "my own notes"
        ingest(vault)
        assert {one.name for one in place.iterdir() if one.suffix == ".html"} == {PAGE}
        kept = {*papers(vault).values(), *tree(vault.layout.quarantine).values()}
        assert {b"my own notes", b"notes of before"} <= kept


def test_a_file_called_like_the_page_is_taken_in_where_it_lies(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        for name in (PAGE, f"新店/深/{PAGE}"):
            drop(vault, name, f"{LICENCE}{name}")
        assert set(ingest(vault)) == {PAGE, f"新店/深/{PAGE}"}
        assert ingest(vault) == {}


def test_a_link_called_like_the_page_is_told_and_stays(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "a.txt", LICENCE)
        mine = tmp_path / "mine.html"
        mine.write_text("mine", encoding="utf-8")
        (vault.layout.inbox / PAGE).symlink_to(mine)
        ingest(vault)
        (told,) = ingest(vault).values()
        assert [one.code for one in told.reasons] == ["not_a_file"]
        assert mine.read_text(encoding="utf-8") == "mine"
        assert "<table" in page(vault)


def test_the_page_calls_nobody_by_a_word(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "a.txt", "甲方：谁")
        ingest(vault)
        (link, shown) = re.findall(r'<a href="([^"]+)">([^<]+)</a>', page(vault))[0]
        assert link.startswith("../customers/_unassigned/")
        assert shown.startswith("customers/未分配/")
        assert "_unassigned" not in re.sub(r"<[^>]*>", "", page(vault))
