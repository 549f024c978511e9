"""The third hit of the last search is called 3, by the one who searched and by nobody else."""

import json
import stat
from pathlib import Path

import pytest

from archiver.cli.recall import as_number, recall, remember
from archiver.core.errors import UsageError

HITS = ["D000007", "D000002"]


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "archiver"


def test_a_number_means_the_hit_of_this_vault(state: Path, tmp_path: Path) -> None:
    remember(tmp_path / "a", HITS)
    remember(tmp_path / "b", ["D000001"])
    assert [recall(tmp_path / "a", at) for at in (1, 2)] == HITS
    assert recall(tmp_path / "b", 1) == "D000001"
    remember(tmp_path / "b", HITS)
    assert recall(tmp_path / "b", 2) == "D000002"
    with pytest.raises(UsageError, match="showed papers 1 to 2; there is no number 3"):
        recall(tmp_path / "a", 3)
    with pytest.raises(UsageError, match="no number 0"):
        recall(tmp_path / "a", 0)
    assert {stat.S_IMODE(path.stat().st_mode) for path in state.iterdir()} == {0o600}
    assert stat.S_IMODE(state.stat().st_mode) == 0o700


def test_hits_of_a_later_page_keep_their_numbers(state: Path, tmp_path: Path) -> None:
    remember(tmp_path, HITS, 20)
    assert [recall(tmp_path, at) for at in (21, 22)] == HITS
    for at in (1, 20, 23):
        with pytest.raises(UsageError, match=f"papers 21 to 22; there is no number {at}"):
            recall(tmp_path, at)


def test_a_relative_state_folder_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "state")
    monkeypatch.setenv("HOME", str(tmp_path))
    remember(tmp_path, HITS)
    assert len(list((tmp_path / ".local" / "state" / "archiver").iterdir())) == 1


def test_a_folder_that_refuses_is_no_error(state: Path, tmp_path: Path) -> None:
    state.parent.write_text("a file where the folder should be", encoding="utf-8")
    remember(tmp_path, HITS)
    with pytest.raises(UsageError, match="no last search") as refused:
        recall(tmp_path, 1)
    assert "archiver search" in refused.value.advice()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"documents": 3}', '{"documents": [1, null], "passed": 0}']
)
def test_a_spoilt_file_is_no_search(state: Path, tmp_path: Path, text: str) -> None:
    remember(tmp_path, HITS)
    (kept,) = state.iterdir()
    assert json.loads(kept.read_text(encoding="utf-8")) == {"documents": HITS, "passed": 0}
    kept.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="no last search"):
        recall(tmp_path, 1)


@pytest.mark.parametrize(
    ("text", "number"),
    [("3", 3), ("３", 3), (" 12 ", 12), ("D000003", None), ("0001-02", None), ("12345678", None)],
)
def test_what_is_a_number(text: str, number: int | None) -> None:
    assert as_number(text) == number
