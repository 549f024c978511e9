"""Whatever byte of an index changed: `documents` tells it, or no answer is another one."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from archiver.search.base import Asked, Entry, IndexDamaged, Results, SearchEngine
from archiver.search.open import open_engine
from archiver.search.query import Everything, Present, Query, Text, Wildcard
from tests.nightly import often
from tests.search.test_exactness import an_entry

ASKED: tuple[Query, ...] = (
    *(Everything(), Text("合同"), Text("合"), Text("word3"), Text("合同 2"), Wildcard("编*同")),
    *(Text("华信", "customer"), Text("营业执照", "category"), Present("date"), Wildcard("wor*")),
)
SPOILT: tuple[Callable[[bytes], bytes], ...] = (
    *(lambda rest, bit=1 << bit: bytes([rest[0] ^ bit]) + rest[1:] for bit in range(8)),
    lambda _: b"",
    lambda rest: bytes(len(rest[:500])) + rest[500:],
)
"""What may become of the rest of a file."""


def papers() -> Iterator[Entry]:
    for number in range(12):
        yield replace(
            an_entry(number, f"合同 {number} 编号合同 word{number}"), document=f"D{number}"
        )


def answers(engine: SearchEngine) -> list[Results]:
    return [engine.search(Asked(one, date(2026, 1, 1), limit=50)) for one in ASKED]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_byte_that_changed_is_told_or_changes_nothing(tmp_path: Path) -> None:
    engine = open_engine("whoosh:index", tmp_path)
    engine.reset()
    engine.update(papers(), [])
    right = answers(engine)
    engine.close()
    chance = random.Random(3)  # noqa: S311 - repeatable on purpose
    told = 0
    for path in sorted(path for path in (tmp_path / "index").iterdir() if path.stat().st_size):
        whole = path.read_bytes()
        for _ in range(often(150)):
            at = chance.randrange(len(whole))
            path.write_bytes(whole[:at] + chance.choice(SPOILT)(whole[at:]))
            looked = open_engine("whoosh:index", tmp_path)
            try:
                looked.documents()
            except IndexDamaged:
                told += 1
            else:  # bytes that nothing reads, or zeros for zeros
                assert answers(looked) == right, (path.name, at)
            finally:
                looked.close()
        path.write_bytes(whole)
    assert told > 100
