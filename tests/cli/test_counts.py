"""One paper of several files is one paper wherever papers are counted; small words fit."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver.catalogue import documents
from archiver.core.errors import ExitCode
from archiver.core.model import Because
from archiver.declarations.sentences import sentence
from archiver.declarations.words import ngettext, speaking
from archiver.reading import sniff
from archiver.review.series import join
from archiver.vault.vault import Vault
from tests.cli.inside import typed
from tests.worlds import CONTRACT, a_vault, drop, ingest


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as made:
        yield made


def said(capfd: pytest.CaptureFixture[str], vault: Vault, *words: str) -> str:
    capfd.readouterr()
    assert typed(vault.layout.root, *words) == ExitCode.FINE
    told = capfd.readouterr()
    return told.out + told.err


def test_a_paper_of_several_files_counts_once_everywhere(
    vault: Vault, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("a", "b", "c"):
        drop(vault, f"{name}.txt", CONTRACT.format(name="谁") + name)
    ingest(vault)
    with vault.catalogue.read() as tx:
        found = list(documents.all_documents(tx))
    join(vault, found[:2])
    ingest(vault)
    for words in (("status",), ("backup", str(tmp_path / "backups"))):
        assert json.loads(said(capfd, vault, *words, "--json"))["documents"] == 2, words
    assert json.loads(said(capfd, vault, "report", "--json"))["papers"] == 2
    assert "2 papers indexed." in said(capfd, vault, "reindex")
    assert "2 papers: 2 exception" in said(capfd, vault, "retain", "plan")
    assert "2 without a last day" in said(capfd, vault, "report")


def test_small_words_fit_the_number(vault: Vault, capfd: pytest.CaptureFixture[str]) -> None:
    assert "No papers are archived yet." in said(capfd, vault, "retain", "plan")
    assert "0 papers indexed." in said(capfd, vault, "reindex")
    drop(vault, "a.txt", CONTRACT.format(name="谁"))
    assert "1 file lies in the inbox" in said(capfd, vault)
    ingest(vault)
    assert "1 paper: 1 exception" in said(capfd, vault, "retain", "plan")
    assert "1 paper waits for a decision" in said(capfd, vault)
    assert "1 paper indexed." in said(capfd, vault, "reindex")
    assert "1 of 1 paper\n" in said(capfd, vault, "search", "合同")
    with speaking("zh"):
        assert ngettext("{count} file: {told}", "{count} files: {told}", 1).startswith("共 {count}")


def test_kinds_of_files_are_told_in_chinese() -> None:
    kinds = [kind for _, kind in (*sniff._FOREIGN, *sniff._OLE_KINDS, *sniff._FOREIGN_PACKAGES)]
    with speaking("zh"):
        told = [sentence(Because.of("unsupported_format", kind=kind)) for kind in kinds]
    assert not [one for one in told if " a " in one or " an " in one]
