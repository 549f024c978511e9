"""What a worker taken over by a paper can still do: read programs and the papers' folders."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver.reading import kernel, landlock, sandbox, seccomp
from archiver.reading.crew import Crew
from tests.reading.misbehaving import ESCAPES
from tests.reading.test_crew import ROOT, a_crew, ask

with_landlock = pytest.mark.skipif(not landlock.version(), reason="no Landlock in this kernel")
with_seccomp = pytest.mark.skipif(not seccomp.offered(), reason="no seccomp in this kernel")

READING = {"read", "list", "read in a thread"}
"""What is allowed in the folders of papers, and nowhere else."""


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    (folder / "paper").write_bytes(b"paper")
    return folder


@pytest.fixture(scope="module")
def crew(papers: Path) -> Iterator[Crew]:
    with a_crew(papers) as crew:
        ask(crew, "answer")  # before the first test counts its processes
        yield crew


@pytest.mark.parametrize("how", sorted(READING))
def test_papers_can_be_read(how: str, crew: Crew, papers: Path) -> None:
    assert ask(crew, "escape", f"{how}:{papers / 'paper'}")[0] == "done"


@with_landlock
@pytest.mark.parametrize("how", [*sorted(READING), "read of the parent"])
def test_nothing_else_can_be_read(how: str, crew: Crew, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    assert ask(crew, "escape", f"{how}:{secret}")[0] == "EACCES"


@with_landlock
def test_a_way_out_of_the_folder_is_none(crew: Crew, papers: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    link = papers / "link"
    link.symlink_to(secret)
    try:
        assert ask(crew, "escape", f"read:{link}")[0] == "EACCES"
        around = papers / os.path.relpath(secret, papers)
        assert ask(crew, "escape", f"read:{around}")[0] == "EACCES"
    finally:
        link.unlink()


@with_seccomp
@pytest.mark.parametrize("how", sorted(ESCAPES.keys() - READING - {"read of the parent"}))
def test_nothing_is_written_reached_or_started(how: str, crew: Crew, papers: Path) -> None:
    assert ask(crew, "escape", f"{how}:{papers / 'paper'}")[0] == "EPERM"
    assert [path.name for path in papers.iterdir()] == ["paper"]
    assert (papers / "paper").read_bytes() == b"paper"


def test_a_folder_made_anew_can_be_read(tmp_path: Path, papers: Path) -> None:
    """The kernel knows folders, not names: a worker that may read the old one is replaced."""
    folder = tmp_path / "scratch"
    seen = set[object]()
    with a_crew(papers, folder) as crew:
        for _ in range(3):
            seen.add(ask(crew, "answer")[1])
            folder.mkdir()
            (folder / "paper").write_bytes(b"x")
            for _ in range(2):
                said, worker = ask(crew, "escape", f"read:{folder / 'paper'}")
                assert said == "done"
                seen.add(worker)
            (folder / "paper").unlink()
            folder.rmdir()
    assert len(seen) == 4


@with_landlock
def test_landlock_holds_the_thread_that_asked(tmp_path: Path) -> None:
    mine, other = tmp_path / "mine", tmp_path / "other"
    for folder in (mine, other):
        folder.mkdir()
        (folder / "a").write_bytes(b"a")
    seen: list[object] = []

    def confined() -> None:
        seen.append(landlock.confine([mine, other / "a", tmp_path / "nothing"]))
        seen.append((mine / "a").read_bytes())
        seen.append((other / "a").read_bytes())
        for forbidden in (other, mine / "b"):
            try:
                list(other.iterdir()) if forbidden == other else forbidden.touch()
            except PermissionError:
                seen.append("refused")

    thread = threading.Thread(target=confined)
    thread.start()
    thread.join()
    assert seen == [True, b"a", b"a", "refused", "refused"]
    assert list(other.iterdir())


@pytest.mark.parametrize("known", range(1, 9))
def test_every_landlock_is_asked_for_what_it_knows(
    known: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []

    def call(number: int, *arguments: object) -> int:
        if isinstance(arguments[0], bytes):
            asked.append(arguments[0])
            return -1
        return known

    monkeypatch.setattr(kernel, "call", call)
    assert not landlock.confine([])
    (attributes,) = asked
    assert len(attributes) == (8 if known < 4 else 16 if known < 6 else 24)
    rights = int.from_bytes(attributes[:8], "little")
    assert rights.bit_length() == {1: 13, 2: 14, 3: 15, 4: 15}.get(known, 16)


def test_a_kernel_that_offers_nothing_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel, "call", lambda *_: -1)
    assert not landlock.version()
    assert not seccomp.offered()
    sandbox.shut_in([])
    assert Path(__file__).read_text(encoding="utf-8")


def test_programs_are_read_but_not_everything() -> None:
    places = sandbox.programs()
    assert ROOT in places
    assert Path("/") not in places
    assert len(places) == len(set(places))
