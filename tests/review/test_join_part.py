"""Joining and parting are the identity: every file is again what it was before."""

from collections.abc import Mapping
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from archiver.catalogue import documents, ledger, queue, series
from archiver.catalogue.tables import documents as rows
from archiver.catalogue.tables import fields
from archiver.core.errors import UsageError
from archiver.core.model import UNASSIGNED, Document
from archiver.custody import party
from archiver.intake.publish import publish
from archiver.repair.check import check
from archiver.review import decide
from archiver.review.decide import assign
from archiver.review.series import join, part
from archiver.vault.vault import Vault
from tests.nightly import often
from tests.worlds import CODE, a_vault, drop, ingest, papers

NAME, OTHER = "青梧市华信样本运输有限公司", "青梧市安达样本商贸有限公司"
TEXTS = (
    f"采购合同\n合同编号：YB-1\n甲方：{NAME}\n本合同一式两份\n违约责任\n签订日期：2024-03-05\n",
    "采购合同\n合同编号：YB-2\n甲方：谁家商行\n本合同一式两份\n违约责任\n",
    "第二页 交货地点和验收标准如下\n",
    f"附件 {NAME} 车辆清单\n",
)
FOLDERS = ("", NAME, "新店")


def _all(vault: Vault) -> tuple[Mapping[str, object], Mapping[str, bytes]]:
    """Every document with its fields, and every file."""
    with vault.catalogue.read() as tx:
        found: dict[str, object] = {
            row["id"]: dict(row) for row in tx.execute(select(rows)).mappings()
        }
        for row in tx.execute(select(fields).order_by(fields.c.document, fields.c.seq)):
            found[f"{row.document} {row.seq}"] = tuple(row)
    return found, papers(vault)


def _now(vault: Vault) -> list[Document]:
    with vault.catalogue.read() as tx:
        return list(documents.all_documents(tx))


def _sound(vault: Vault) -> bool:
    publish(vault)
    return not check(vault, deep=True, progress=lambda done, of: None)


@st.composite
def drops(draw: st.DrawFn) -> list[tuple[int, str, bool]]:
    """Two to four files: which text, in which folder, and whether a person decides about it."""
    one = st.tuples(st.sampled_from(range(len(TEXTS))), st.sampled_from(FOLDERS), st.booleans())
    return draw(st.lists(one, min_size=2, max_size=4))


@settings(max_examples=often(12))
@given(drops(), st.randoms(use_true_random=False))
def test_parting_undoes_joining(dropped: list[tuple[int, str, bool]], shuffled: Random) -> None:
    with TemporaryDirectory() as folder, a_vault(Path(folder) / "vault") as vault:
        whose = party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        for number, (text, place, _) in enumerate(dropped, start=1):
            drop(vault, str(Path(place, f"{number}.txt")), f"{TEXTS[text]}{number}")
        ingest(vault)
        for one, (_, _, decided) in zip(_now(vault), dropped, strict=True):
            if one.open and decided:
                assign(vault, one, whose.id, "contract")
        files = _now(vault)
        shuffled.shuffle(files)
        before = _all(vault)
        try:
            joined = join(vault, files)
        except UsageError:
            assert _all(vault) == before
            return
        assert _sound(vault)
        parted = part(vault, joined)
        assert [one.id for one in parted] == [one.id for one in files]
        assert _all(vault) == before
        assert list(parted) == [next(o for o in _now(vault) if o.id == f.id) for f in files]
        assert _sound(vault)


def _three(vault: Vault) -> list[Document]:
    for number, text in enumerate((TEXTS[1], TEXTS[2], TEXTS[3]), start=1):
        drop(vault, f"{number}.txt", text)
    ingest(vault)
    return _now(vault)


def test_what_was_decided_about_the_whole_stays_with_the_first(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        files = _three(vault)[:2]
        joined = join(vault, files)
        whose = party.add(vault, OTHER, kind="customer", aliases=[], codes=[])
        decided = assign(vault, joined, whose.id, "contract")
        first, second = part(vault, decided)
        assert (first.customer, first.category, first.open) == (whose.id, "contract", ())
        assert first.archive_no == decided.archive_no
        assert second.customer == UNASSIGNED
        assert second.open
        assert second.path == files[1].path
        assert _sound(vault)


def test_a_file_that_came_again_meanwhile_is_there_twice(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        whose = party.add(vault, OTHER, kind="customer", aliases=[], codes=[])
        files = _three(vault)[:2]
        joined = join(vault, files)
        decided = assign(vault, joined, whose.id, "contract")
        drop(vault, "新店/2.txt", TEXTS[2])
        ingest(vault)
        before = _all(vault)
        _, second = part(vault, decided)
        assert [one.digest for one in decide.queue(vault)].count(second.digest) == 2
        assert len(_all(vault)) == len(before)
        assert _sound(vault)


def test_files_of_which_nobody_knows_what_they_were_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_vault(tmp_path / "vault") as vault:
        joined = join(vault, _three(vault)[:2])
        monkeypatch.setattr("archiver.custody.join.before", lambda *_: {})
        first, second = part(vault, joined)
        assert first.path == joined.path
        assert second.open
        assert [one.id for one in decide.queue(vault)][:2] == [first.id, second.id]
        with vault.catalogue.read() as tx:
            acts = [one.action for one in ledger.noted(tx, ("joining", "parting", "parted"))]
            assert not series.files_of(tx)
            assert queue.peek(tx, 9).documents
        assert acts == ["joining", "joining", "parting", "parted"]
        assert _sound(vault)
