"""An index that is gone or torn is made anew beside the old one, and loses nothing meanwhile."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archiver.catalogue import documents
from archiver.custody import anew
from archiver.custody.anew import is_under_way, make_anew
from archiver.custody.tombstone import bury
from archiver.intake.publish import follow, publish
from archiver.repair.check import check
from archiver.search.base import Asked, IndexDamaged
from archiver.search.query import Text
from archiver.vault.vault import Vault
from tests.worlds import a_vault, drop, ingest

PAPERS = 7


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Vault]:
    monkeypatch.setattr(anew, "BATCH", 2)
    with a_vault(tmp_path / "vault") as made:
        for number in range(PAPERS):
            drop(made, f"{number}.txt", f"第 {number} 份样本")
        ingest(made)
        yield made


def found(vault: Vault, word: str = "样本") -> int:
    return vault.search.search(Asked(Text(word), vault.clock().date())).total


def sound(vault: Vault) -> bool:
    return not check(vault, deep=False, progress=lambda done, of: None)


def held_anew(vault: Vault) -> bytes:
    """All bytes of the index in the making."""
    return b"".join(path.read_bytes() for path in (vault.layout.state / "index-anew").glob("*.seg"))


def lose(vault: Vault) -> None:
    vault.search.close()
    shutil.rmtree(vault.layout.state / "index")


def tear(vault: Vault) -> None:
    vault.search.close()
    for path in (vault.layout.state / "index").glob("*.seg"):
        path.write_bytes(path.read_bytes()[:40])


@pytest.mark.parametrize("harm", [lose, tear])
def test_old_papers_are_found_after_the_next_one(
    vault: Vault, harm: Callable[[Vault], None]
) -> None:
    harm(vault)
    drop(vault, "new.txt", "新的样本")
    ingest(vault)
    assert found(vault) == PAPERS + 1
    assert sound(vault)
    assert not is_under_way(vault)


def test_the_old_index_answers_until_the_new_one_is_whole(vault: Vault) -> None:
    answers = [found(vault) for _ in make_anew(vault)]
    assert answers == [PAPERS] * 5
    assert found(vault) == PAPERS
    assert sound(vault)


def test_one_that_was_stopped_goes_on_where_it_ended(vault: Vault) -> None:
    steps = make_anew(vault)
    told = [next(steps) for _ in range(3)]
    steps.close()
    assert told[-1] == (4, PAPERS)
    assert is_under_way(vault)
    assert next(make_anew(vault)) == (4, PAPERS)


def test_what_happens_meanwhile_is_in_the_new_index(vault: Vault) -> None:
    """One comes, one that is copied already and one that is not are destroyed."""
    with vault.catalogue.read() as tx:
        papers = tuple(documents.all_documents(tx))
    steps = make_anew(vault)
    for _ in range(3):
        next(steps)
    assert papers[0].id.encode() in held_anew(vault)
    for gone in (papers[0], papers[-1]):
        bury(vault, gone, "destruction")
    drop(vault, "new.txt", "新来的样本")
    ingest(vault)
    follow(vault)
    assert papers[0].id.encode() not in held_anew(vault)
    for _ in steps:
        pass
    assert found(vault) == PAPERS - 1
    assert found(vault, "新来") == 1
    assert sound(vault)


def test_a_torn_one_in_the_making_is_begun_again(vault: Vault) -> None:
    steps = make_anew(vault)
    for _ in range(3):
        next(steps)
    steps.close()
    vault.search_anew.close()
    for path in (vault.layout.state / "index-anew").glob("*.seg"):
        path.unlink()
    drop(vault, "new.txt", "新的样本")
    ingest(vault)
    publish(vault)
    assert found(vault) == PAPERS + 1
    assert sound(vault)


def test_no_index_is_made_in_silence(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        assert found(vault) == 0
        lose(vault)
        with pytest.raises(IndexDamaged):
            vault.search.update((), ())
