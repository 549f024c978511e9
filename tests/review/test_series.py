"""Photographs with rising names are proposed as one paper, joined by a person, and parted again."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.catalogue import documents, series
from archiver.catalogue.series import Photo
from archiver.core.errors import UsageError
from archiver.core.model import (
    UNASSIGNED,
    Because,
    CustomerId,
    Digest,
    Document,
    DocumentId,
    Outcome,
    ReceiptId,
)
from archiver.custody import party
from archiver.custody.fact import add_event
from archiver.repair.check import check
from archiver.retention.plan import plan
from archiver.review.decide import assign, queue
from archiver.review.series import join, part, proposed
from archiver.search.base import Asked
from archiver.search.query import Text
from archiver.vault.vault import Vault
from tests.worlds import CODE, a_vault, drop, ingest, papers, reopened

NAME = "青梧市华信样本运输有限公司"
PAGES = (
    f"采购合同\n合同编号：YB-7\n甲方：{NAME}\n乙方：样本",
    "第三条 交货地点在甲方仓库",
    "第九条 附则\n签订日期：2024-03-05",
)
AT = datetime(2026, 5, 20, 9, tzinfo=UTC)
OPEN = (Because.of("no_customer"),)


def photo(source: str, *, minute: float = 0, titled: bool = False, filed: str = "") -> Photo:
    document = Document(
        id=DocumentId(f"D{abs(hash(source)) % 10**6:06d}"),
        archive_no="",
        receipt=ReceiptId(source),
        source=source,
        digest=Digest(""),
        size=1,
        media_type="image/jpeg",
        pages=1,
        category="other",
        category_confidence=0,
        customer=CustomerId(filed) if filed else UNASSIGNED,
        customer_name="",
        proposed=None,
        title="",
        doc_date=None,
        path="",
        received=AT + timedelta(minutes=minute),
        received_on=date(2026, 5, 20),
        outcome=Outcome.REVIEW,
        open=() if filed else OPEN,
    )
    return Photo(document, titled)


def groups(*photos: Photo) -> list[list[str]]:
    return sorted([one.source for one in group] for group in proposed(photos))


def test_a_burst_is_proposed_in_the_order_of_its_names() -> None:
    names = ["IMG_9.jpg", "IMG_10.jpg", "IMG_12.jpg"]
    assert groups(*(photo(name) for name in reversed(names))) == [names]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("IMG_1.jpg", "IMG_9.jpg"),
        ("IMG_1.jpg", "IMG_1.png"),
        ("a/IMG_1.jpg", "b/IMG_2.jpg"),
        ("IMG_1.jpg", "DSC_2.jpg"),
        ("page.jpg", "side.jpg"),
        ("IMG_20260510_103001.jpg", "IMG_20260510_113002.jpg"),
        ("IMG_1.jpg", "IMG_2 (copy).jpg"),
    ],
)
def test_what_does_not_go_on_is_not_proposed(first: str, second: str) -> None:
    assert groups(photo(first), photo(second)) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("IMG_20260510_103059.jpg", "IMG_20260510_103105.jpg"),
        ("微信图片_20260510103059.jpg", "微信图片_20260510103105.jpg"),
        ("mmexport1747000000000.jpg", "mmexport1747000009000.jpg"),
        ("scan001.jpg", "scan002.jpg"),
        ("IMG_20269910_993001.jpg", "IMG_20269910_993002.jpg"),
        ("x.zip/scan001.jpg", "x.zip/scan002.jpg"),
    ],
)
def test_names_by_the_clock_rise_too(first: str, second: str) -> None:
    assert groups(photo(second), photo(first)) == [[first, second]]


def test_a_heading_another_customer_or_a_pause_begins_another_paper() -> None:
    pages = [photo(f"IMG_{number}.jpg") for number in range(1, 5)]
    titled = [*pages[:2], replace(pages[2], titled=True), pages[3]]
    assert groups(*titled) == [["IMG_1.jpg", "IMG_2.jpg"], ["IMG_3.jpg", "IMG_4.jpg"]]
    filed = [photo("IMG_1.jpg", filed="C1"), pages[1], photo("IMG_3.jpg", filed="C2"), pages[3]]
    assert groups(*filed) == [["IMG_1.jpg", "IMG_2.jpg"], ["IMG_3.jpg", "IMG_4.jpg"]]
    late = [*pages[:2], photo("IMG_3.jpg", minute=20), photo("IMG_4.jpg", minute=21)]
    assert groups(*late) == [["IMG_1.jpg", "IMG_2.jpg"], ["IMG_3.jpg", "IMG_4.jpg"]]


def test_papers_that_all_filed_themselves_are_left_alone() -> None:
    assert groups(photo("IMG_1.jpg", filed="C1"), photo("IMG_2.jpg", filed="C1")) == []


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), unique_by=lambda one: one[0]))
def test_every_photograph_is_in_one_proposal_at_most(taken: list[tuple[int, bool]]) -> None:
    found = groups(*(photo(f"IMG_{number}.jpg", titled=titled) for number, titled in taken))
    names = [name for group in found for name in group]
    assert len(names) == len(set(names))
    assert all(len(group) > 1 for group in found)


def _filed(vault: Vault, *texts: str) -> tuple[Document, ...]:
    """Texts that came in as pictures do: one document each."""
    for number, text in enumerate(texts, start=1):
        drop(vault, f"IMG_{number}.txt", text)
    taken = ingest(vault)
    return tuple(one.document for _, one in sorted(taken.items()) if one.document)


def sound(vault: Vault) -> bool:
    return not check(vault, deep=True, progress=lambda done, of: None)


def found(vault: Vault, word: str) -> list[str]:
    asked = Asked(Text(word), date(2026, 5, 20))
    return [hit.document for hit in vault.search.search(asked).hits]


def test_joined_files_are_one_paper_everywhere(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        whose = party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        files = _filed(vault, *PAGES)
        assert len(queue(vault)) == 2
        joined = join(vault, files)
        ingest(vault)
        assert not queue(vault)
        assert (joined.customer, joined.category) == (whose.id, "contract")
        assert joined.doc_date == date(2024, 3, 5), "the date stands on the last page"
        assert len(papers(vault)) == 3
        names = sorted(path.rsplit("/", 1)[-1] for path in papers(vault))
        assert [name.split()[3] for name in names] == ["01", "02", "03"]
        assert all(path.startswith(f"{NAME}/合同/") for path in papers(vault))
        assert found(vault, "交货地点") == found(vault, "采购合同") == [joined.id]
        assert [one.document.id for one in plan(vault)] == [joined.id]
        assert sound(vault)
        drop(vault, "again.txt", PAGES[1])
        (again,) = ingest(vault).values()
        assert again.outcome is Outcome.DUPLICATE


def test_a_series_still_undecided_is_asked_about_once_and_moves_as_one(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        files = _filed(vault, PAGES[0].replace(NAME, "谁"), PAGES[1])
        joined = join(vault, files)
        (waiting,) = queue(vault)
        assert waiting.id == joined.id
        whose = party.add(vault, NAME, kind="customer", aliases=[], codes=[])
        decided = assign(vault, waiting, whose.id, None)
        ingest(vault)
        assert decided.category == "contract"
        assert all(path.startswith(f"{NAME}/合同/") for path in papers(vault))
        with vault.catalogue.read() as tx:
            states = {one.customer for one in documents.all_documents(tx)}
        assert states == {whose.id}
        assert sound(vault)


def test_a_joining_can_be_undone(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[])
        files = _filed(vault, *PAGES)
        joined = join(vault, files)
        parted = part(vault, joined)
        ingest(vault)
        assert [one.id for one in parted] == [one.id for one in files]
        assert {one.id for one in queue(vault)} == {one.id for one in files[1:]}
        assert found(vault, "交货地点") == [files[1].id]
        assert found(vault, "采购合同") == [joined.id]
        assert sound(vault)
        with pytest.raises(UsageError):
            part(vault, joined)


def test_what_cannot_be_joined_is_refused(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        whose = party.add(vault, NAME, kind="customer", aliases=[], codes=[])
        first, second, third = _filed(vault, *PAGES)
        for files in ([first], [first, first]):
            with pytest.raises(UsageError, match="two different"):
                join(vault, files)
        join(vault, [first, second])
        with vault.catalogue.read() as tx:
            joined = {one.id: one for one in documents.all_documents(tx)}
        for one in (first, second):
            with pytest.raises(UsageError, match="already"):
                join(vault, [third, joined[one.id]])
        other = drop(vault, f"{NAME}/again.txt", PAGES[2])
        ingest(vault)
        assert not other.exists()
        assert third.customer in {UNASSIGNED, whose.id}


def test_papers_filed_apart_are_never_joined(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        files = _filed(vault, *(page.replace(NAME, "谁") for page in PAGES[:2]))
        one, two = (
            assign(
                vault,
                file,
                party.add(vault, name, kind="customer", aliases=[], codes=[]).id,
                "contract",
            )
            for file, name in zip(files, (NAME, "另一家商行"), strict=True)
        )
        with pytest.raises(UsageError, match="different papers"):
            join(vault, [one, two])


def test_a_paper_that_an_event_names_is_the_first_or_stays_alone(tmp_path: Path) -> None:
    """Else a dispute about it would be forgotten, and its paper fall due."""
    with a_vault(tmp_path / "vault") as vault:
        whose = party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        files = [one for one in _filed(vault, *PAGES) if one.open]
        add_event(vault, "dispute_opened", customer=whose.id, document=files[1].id, day=None)
        with pytest.raises(UsageError, match="is about"):
            join(vault, files[:2])
        assert join(vault, [files[1], files[0]]).id == files[1].id


def test_a_crash_while_joining_is_made_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "vault"
    with a_vault(root) as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[])
        files = _filed(vault, *PAGES)

        def cut(_: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr("archiver.custody.join.finish_moves", cut)
            with pytest.raises(KeyboardInterrupt):
                join(vault, files)
    with reopened(root) as vault:
        ingest(vault)
        with vault.catalogue.read() as tx:
            assert {head: len(more) for head, more in series.files_of(tx).items()} == {
                files[0].id: 2
            }
        assert sound(vault)
