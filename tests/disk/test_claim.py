from pathlib import Path

import pytest

from archiver.core.errors import NotYet
from archiver.core.model import ReceiptId
from archiver.disk.claim import CLAIMS, claim, claim_copy, give_back, pending, release
from archiver.disk.guard import Presence, shape_of

RECEIPT = ReceiptId("R1")


def ours(receipt: ReceiptId) -> bool:
    return receipt != "RX"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    (folder / "华信").mkdir(parents=True)
    (folder / "华信" / "执照.pdf").write_bytes(b"paper")
    return folder


def test_only_one_can_have_a_file(inbox: Path) -> None:
    first = claim(inbox, "华信/执照.pdf", RECEIPT)
    assert first == inbox / CLAIMS / "R1" / "华信" / "执照.pdf"
    assert claim(inbox, "华信/执照.pdf", ReceiptId("R2")) is None
    assert [path.name for path in (inbox / CLAIMS).iterdir()] == ["R1"]


def test_a_claim_is_found_again_under_its_receipt(inbox: Path) -> None:
    path = claim(inbox, "华信/执照.pdf", RECEIPT)
    assert list(pending(inbox, ours)) == [("R1", "华信/执照.pdf", path)]


def test_half_a_copy_is_no_claim(inbox: Path) -> None:
    (inbox / CLAIMS / "R9").mkdir(parents=True)
    (inbox / CLAIMS / "R9" / ".draft-77").write_bytes(b"pap")
    assert list(pending(inbox, ours)) == []
    assert list((inbox / CLAIMS).iterdir()) == []


def test_a_copy_leaves_the_original(inbox: Path, tmp_path: Path) -> None:
    given = tmp_path / "合同.pdf"
    given.write_bytes(b"contract")
    path = claim_copy(inbox, given, RECEIPT)
    assert path.read_bytes() == given.read_bytes() == b"contract"


def test_release_takes_the_empty_folders_along(inbox: Path) -> None:
    path = claim(inbox, "华信/执照.pdf", RECEIPT)
    assert path
    release(path, shape_of(path))
    assert list((inbox / CLAIMS).iterdir()) == []
    release(path)  # repeating is harmless


def test_a_claim_that_was_written_to_is_not_let_go(inbox: Path) -> None:
    path = claim(inbox, "华信/执照.pdf", RECEIPT)
    assert path
    before = shape_of(path)
    path.write_bytes(b"paper, and the scanner went on")
    with pytest.raises(NotYet):
        release(path, before)
    assert path.exists()


def test_what_is_given_back_never_replaces_a_newer_drop(inbox: Path) -> None:
    path = claim(inbox, "华信/执照.pdf", RECEIPT)
    assert path
    (inbox / "华信" / "执照.pdf").write_bytes(b"newer")
    give_back(path, inbox)
    assert {p.name: p.read_bytes() for p in (inbox / "华信").iterdir()} == {
        "执照.pdf": b"newer",
        "执照 (2).pdf": b"paper",
    }


@pytest.mark.parametrize("name", ["长" * 85, "a." + "x" * 253, "长" * 81 + ".pdf"])
def test_what_is_given_back_finds_a_name_however_long_its_own_is(inbox: Path, name: str) -> None:
    (inbox / name).write_bytes(b"paper")
    path = claim(inbox, name, RECEIPT)
    assert path
    (inbox / name).write_bytes(b"newer")
    give_back(path, inbox)
    found = {p.name: p.read_bytes() for p in inbox.iterdir() if p.is_file()}
    assert found.pop(name) == b"newer"
    ((other, content),) = found.items()
    assert content == b"paper"
    assert " (2)" in other


def test_a_claimed_copy_is_given_back_to_the_inbox(inbox: Path, tmp_path: Path) -> None:
    given = tmp_path / "合同.pdf"
    given.write_bytes(b"contract")
    give_back(claim_copy(inbox, given, RECEIPT), inbox)
    assert (inbox / "合同.pdf").read_bytes() == b"contract"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["inbox", "合同.pdf"]


def test_alone_means_alone(tmp_path: Path) -> None:
    first, second = Presence(tmp_path / "lock"), Presence(tmp_path / "lock")
    try:
        assert first.alone()
        assert not second.alone()
        first.share()
        second.share()
        assert not first.alone()
        second.close()
        assert first.alone()
    finally:
        first.close()
