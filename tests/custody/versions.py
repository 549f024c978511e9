"""Versions of the rules, and what is asked of a vault that lives under one and then another."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st

from archiver.catalogue import documents, ledger
from archiver.core.model import Document, DocumentId
from archiver.custody.standing import answers
from archiver.declarations.retention import RuleSet
from archiver.declarations.rule import Rule
from archiver.judge.evaluate import Answer
from archiver.vault.vault import Vault
from tests.judge.test_properties import listening, rule
from tests.worlds import NOW, reopened

LATER = NOW + timedelta(days=90)
"""No paper has its days of grace any more."""
SERVED = listening("service_completed")


def served(id_: str, period: str, categories: str = "*") -> Rule:
    return rule(id_, categories, trigger=SERVED, period=period)


POOL = (
    served("S", "1y"),
    served("S", "9y"),
    served("I", "5y", "invoice"),
    rule("P", "invoice", trigger={"event": "doc_date"}, period="2y", start="next_jan_1"),
    rule("E", "work_order"),
    rule("W", "work_order", trigger=listening("contract_ended"), period="1y"),
)
versions = st.builds(
    lambda rules, locked: RuleSet(tuple(rules), locked=locked),
    st.lists(st.sampled_from(POOL), unique_by=lambda one: one.id, max_size=3),
    st.booleans(),
)


@contextmanager
def copied(world: Path) -> Iterator[Vault]:
    with TemporaryDirectory() as folder:
        shutil.copytree(world, root := Path(folder) / "vault")
        with reopened(root) as vault:
            vault.clock = lambda: LATER
            yield vault


def judged(vault: Vault) -> dict[DocumentId, Answer]:
    with vault.catalogue.read() as tx:
        return answers(vault, tx, documents.all_documents(tx), LATER.date())


def papers(vault: Vault) -> dict[DocumentId, Document]:
    with vault.catalogue.read() as tx:
        return {one.id: one for one in documents.all_documents(tx)}


def dumped(vault: Vault) -> list[str]:
    with closing(sqlite3.connect(vault.layout.state / "catalogue.db")) as catalogue:
        return list(catalogue.iterdump())


def entries(vault: Vault, action: str) -> list[dict[str, object]]:
    with vault.catalogue.read() as tx:
        found = map(json.loads, ledger.lines(tx))
        return [one["facts"] for one in found if one["action"] == action]


def written(vault: Vault, text: str) -> None:
    """The files propose this, and nothing else."""
    folder = vault.layout.rules / "retention"
    for path in folder.glob("*.toml"):
        path.unlink()
    (folder / "company.toml").write_text(text, encoding="utf-8")
    vault.__dict__.pop("rules", None)
