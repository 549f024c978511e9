"""How large a segment may grow: that bounds what a commit takes."""

from dataclasses import replace
from pathlib import Path

import pytest
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from archiver.search import whoosh_writer
from archiver.search.open import open_engine
from archiver.search.whoosh_engine import NAME
from tests.search.test_exactness import an_entry


def test_merges_keep_within_their_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whoosh_writer, "LARGEST", 6)
    engine = open_engine("whoosh:index", tmp_path)
    engine.reset()
    for number in range(20):
        engine.update([replace(an_entry(0, "合同"), document=f"D{number}")], [])
    sizes = [
        one.doc_count() for one in TOC.read(FileStorage(str(tmp_path / "index")), NAME).segments
    ]
    assert sum(sizes) == 20
    assert 3 <= max(sizes) <= 6
    engine.close()
