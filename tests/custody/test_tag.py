"""Tags: whatever is put on and taken off, catalogue, index, records and a dictionary agree."""

import json
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import text

from archiver.catalogue import acts, documents, holds, keepings, ledger, tags
from archiver.core.errors import Refused, UsageError
from archiver.core.model import Document, DocumentId
from archiver.core.proof import canonical
from archiver.custody import party
from archiver.custody.hold import place
from archiver.custody.tag import tag
from archiver.custody.tombstone import bury
from archiver.intake.publish import publish
from archiver.repair.check import check
from archiver.review import series as joining
from archiver.review.correct import Correction, correct
from archiver.review.decide import assign, queue
from archiver.search.base import Asked
from archiver.search.parse import parse
from archiver.vault.layout import RECORDS
from archiver.vault.vault import Vault
from tests.worlds import CONTRACT, NOW, a_vault, drop, ingest, reopened

SHOP = "甲样本店"
ALIKE = {
    "重要": "重要",
    "VIP": "vip",
    "vip": "vip",
    "Ｖip": "vip",
    "待 续签": "待续签",
    "待续签": "待续签",
    "!!": "!!",
}
"""Word as typed → the word that stands for all that count as the same."""
SOME = st.sets(st.sampled_from(list(ALIKE)), max_size=3)
WHICH = st.integers(min_value=0, max_value=3)


def of(vault: Vault) -> dict[DocumentId, list[str]]:
    with vault.catalogue.read() as tx:
        return {one: list(found.values()) for one, found in tags.of(tx).items()}


def own(vault: Vault) -> list[Document]:
    with vault.catalogue.read() as tx:
        return list(documents.own_documents(tx))


def found(vault: Vault, query: str) -> set[str]:
    asked = Asked(parse(query, {"tag": "tag"}), NOW.date(), "relevance", 99, 0)
    return {one.document for one in vault.search.search(asked).hits}


def recorded(vault: Vault) -> dict[str, list[str]]:
    """What the last line about each document in `records.jsonl` says."""
    lines: list[dict[str, object]] = [
        json.loads(line)
        for path in vault.layout.customers.glob(f"*/{RECORDS}")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return {str(one["document"]): list(map(str, _list(one["tags"]))) for one in lines}


def _list(value: object) -> list[object]:
    assert isinstance(value, list)
    return value


def clean(vault: Vault) -> None:
    publish(vault)
    assert not check(vault, deep=True, progress=lambda done, of: None)


class Office(RuleBasedStateMachine):
    """Four photographs that are tagged, joined, parted, corrected and destroyed.

    The model keeps for each file the words that it has.
    """

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._open = a_vault(Path(self._folder.name) / "vault")
        self.vault: Vault = self._open.__enter__()
        party.add(self.vault, SHOP, kind="customer", aliases=[], codes=[])
        for number in range(4):
            drop(self.vault, f"{number}.txt", f"{CONTRACT.format(name=SHOP)}\n第{number}份")
        ingest(self.vault)
        self.files: dict[DocumentId, set[str]] = {one.id: set() for one in own(self.vault)}
        self.wholes: dict[DocumentId, list[DocumentId]] = {one: [one] for one in self.files}
        self.spelt: dict[str, str] = {}
        self.entries = 0

    def _one(self, which: int) -> DocumentId:
        return sorted(self.wholes)[which % len(self.wholes)]

    def _has(self, head: DocumentId) -> set[str]:
        return set().union(*(self.files[one] for one in self.wholes[head]))

    @rule(which=st.sets(WHICH, min_size=1), add=SOME, remove=SOME)
    def tag(self, which: set[int], add: set[str], remove: set[str]) -> None:
        if not self.files:
            return
        papers = {self._one(one) for one in which}
        new, old = {ALIKE[one] for one in add}, {ALIKE[one] for one in remove}
        if new & old:
            with pytest.raises(UsageError, match="put on and taken off"):
                tag(self.vault, papers, add=sorted(add), remove=remove)
            return
        named = [self.wholes[one][-1] for one in sorted(papers)]
        tag(self.vault, named, add=sorted(add), remove=sorted(remove))
        there = set().union(*self.files.values())
        for word in sorted(add, reverse=True):  # the first one is how it is spelt
            if ALIKE[word] not in there:
                self.spelt[ALIKE[word]] = unicodedata.normalize("NFKC", word)
        for paper in sorted(papers):
            have = self._has(paper)
            self.entries += bool(new - have or old & have)
            for one in self.wholes[paper]:
                self.files[one] |= new - have
                self.files[one] -= old

    @rule(one=WHICH, other=WHICH)
    def join(self, one: int, other: int) -> None:
        if not self.files:
            return
        first, second = self._one(one), self._one(other)
        with suppress(UsageError):
            papers = {paper.id: paper for paper in own(self.vault)}
            joining.join(self.vault, [papers[first], papers[second]])
            self.wholes[first] += self.wholes.pop(second)

    @rule(which=WHICH)
    def part(self, which: int) -> None:
        if not self.files:
            return
        head = self._one(which)
        with suppress(UsageError):
            (paper,) = (one for one in own(self.vault) if one.id == head)
            joining.part(self.vault, paper)
            self.wholes |= {one: [one] for one in self.wholes[head]}

    @rule(which=WHICH, category=st.sampled_from(["supplement", "invoice"]))
    def correct(self, which: int, category: str) -> None:
        if not self.files:
            return
        (paper,) = (one for one in own(self.vault) if one.id == self._one(which))
        correct(self.vault, paper, Correction({"amount": "5"}, category=category))

    @rule(which=WHICH)
    def destroy(self, which: int) -> None:
        if not self.files:
            return
        head = self._one(which)
        (paper,) = (one for one in own(self.vault) if one.id == head)
        bury(self.vault, paper, "destruction")
        for one in self.wholes.pop(head):
            del self.files[one]
        with pytest.raises(Refused, match="no longer"):
            tag(self.vault, [head], add=["重要"], remove=[])

    @invariant()
    def all_agree(self) -> None:
        publish(self.vault)
        expected = {one: self._has(one) for one in self.wholes}
        kept = of(self.vault)
        assert kept == {
            one: [self.spelt[word] for word in sorted(have)]
            for one, have in expected.items()
            if have
        }
        with self.vault.catalogue.read() as tx:
            known = tags.known(tx)
            entries = list(ledger.noted(tx, ["tagging"]))
        assert known == [
            (self.spelt[word], sum(word in have for have in expected.values()))
            for word in sorted(set().union(*expected.values()))
        ]
        for word in set(ALIKE.values()):
            assert found(self.vault, f'tag:"{word}"') == {
                one for one, have in expected.items() if word in have
            }
        assert {one: said for one, said in recorded(self.vault).items() if said} == kept
        assert len(entries) == self.entries
        assert not any(word in str(one) for one in entries for word in ALIKE)

    def teardown(self) -> None:
        clean(self.vault)
        self._open.__exit__(None, None, None)
        self._folder.cleanup()


def test_all_agree_on_the_tags_of_every_paper() -> None:
    run_state_machine_as_test(
        Office, settings=settings(max_examples=15, stateful_step_count=12, deadline=None)
    )


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as vault:
        yield vault


def _waits(vault: Vault) -> Document:
    """A paper that waits for a decision."""
    drop(vault, "a.txt", CONTRACT.format(name="谁也不是"))
    ingest(vault)
    (paper,) = queue(vault)
    return paper


def test_what_the_ledger_says_of_tags(vault: Vault) -> None:
    paper = _waits(vault)
    tag(vault, [paper.id], add=["张三", "重要"], remove=["没有的"])
    tag(vault, [paper.id], add=["重要"], remove=[])
    tag(vault, [paper.id], add=[], remove=["重要"])
    with vault.catalogue.read() as tx:
        said = [dict(one.facts) for one in ledger.about(tx, paper.id) if one.action == "tagging"]
    assert said == [
        {
            "document": paper.id,
            "added": added,
            "removed": removed,
            "content": acts.digest_of(canonical([paper.id, *now])),
        }
        for added, removed, now in [(2, 0, ["张三", "重要"]), (0, 1, ["张三"])]
    ]
    clean(vault)


def test_a_copy_that_is_folded_leaves_its_tags(vault: Vault) -> None:
    whose = party.add(vault, SHOP, kind="customer", aliases=[], codes=[]).id
    for folder in (SHOP, "不知道"):
        drop(vault, f"{folder}/a.txt", CONTRACT.format(name=SHOP))
    ingest(vault)
    first, second = own(vault)
    tag(vault, [first.id], add=["VIP", "甲"], remove=[])
    tag(vault, [second.id], add=["vip", "乙"], remove=[])
    publish(vault)
    assert [one.id for one in queue(vault)] == [second.id]
    assign(vault, second, whose, None)
    publish(vault)
    assert of(vault) == {first.id: ["VIP", "乙", "甲"]}
    assert found(vault, "tag:乙") == {first.id}
    clean(vault)


def test_a_hold_on_a_tag_catches_what_gets_it_and_stops_its_disposal(vault: Vault) -> None:
    party.add(vault, SHOP, kind="customer", aliases=[], codes=[])
    drop(vault, "a.txt", CONTRACT.format(name=SHOP))
    ingest(vault)
    (paper,) = own(vault)
    hold = place(vault, "query", "tag:诉讼", reason="x")
    with vault.catalogue.write() as tx:
        keepings.change(tx, paper.id, stage="IN_REVIEW", stage_entry=1)
    tag(vault, [paper.id], add=["诉讼"], remove=[])
    tag(vault, [paper.id], add=[], remove=["诉讼"])
    with vault.catalogue.read() as tx:
        (active,) = holds.active(tx)
        assert (active.id, active.documents) == (hold.id, frozenset({paper.id}))
        assert keepings.of(tx, paper.id).stage is None
    clean(vault)


def test_nothing_is_tagged_when_one_cannot_be(vault: Vault) -> None:
    paper = _waits(vault)
    for add in (["重要", "“"], ["x" * 65]):
        with pytest.raises(UsageError, match="cannot be a tag"):
            tag(vault, [paper.id], add=add, remove=[])
    with pytest.raises(Refused) as told:
        tag(vault, [paper.id, DocumentId("D000099")], add=["重要"], remove=[])
    assert told.value.code == "ALREADY_DESTROYED"
    assert of(vault) == {}
    clean(vault)


def test_nothing_of_a_tag_stays_when_its_paper_goes(vault: Vault) -> None:
    paper = _waits(vault)
    tag(vault, [paper.id], add=["只此一处"], remove=[])
    publish(vault)
    assert found(vault, "tag:只此一处") == {paper.id}
    bury(vault, paper, "withdrawal")
    clean(vault)
    vault.close()
    mark = "只此一处".encode()
    left = [path for path in vault.layout.root.rglob("*") if path.is_file()]
    assert [path for path in left if mark in path.read_bytes()] == []


def test_an_older_catalogue_gets_its_tags(tmp_path: Path) -> None:
    with a_vault(tmp_path / "vault") as vault:
        _waits(vault)
        publish(vault)
        with vault.catalogue.write() as tx:
            tx.execute(text("DROP TABLE tags"))
            tx.execute(text("DELETE FROM migrations WHERE number >= 9"))
    with reopened(tmp_path / "vault") as vault:
        clean(vault)
        (paper,) = own(vault)
        tag(vault, [paper.id], add=["重要"], remove=[])
        clean(vault)
        assert of(vault) == {paper.id: ["重要"]}
