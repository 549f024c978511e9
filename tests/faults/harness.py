"""Runs a story under a fault, starts the program again, and holds the promises against it."""

import errno
import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from pathlib import Path

import pytest

from archiver.cli.door import guarded
from archiver.core.errors import ExitCode
from archiver.intake.publish import publish
from archiver.vault.vault import Vault
from tests.faults.disk import REFUSALS, Refusing, behind
from tests.faults.invariants import put_aside, sound
from tests.faults.mains import MODES, Recorder, room, states
from tests.faults.story import Story
from tests.worlds import a_vault, ingest, reopened


@contextmanager
def prepared(story: Story) -> Iterator[Path]:
    """A folder with the story's world, up to its act; it goes afterwards."""
    with tempfile.TemporaryDirectory(dir=room()) as folder:
        world = Path(folder) / "world"
        world.mkdir()
        with a_vault(world / "vault") as vault:
            story.before(vault, world)
        yield world


def copied(world: Path, number: int) -> Path:
    """Another world like this one."""
    return Path(shutil.copytree(world, world.parent / str(number), symlinks=True))


def recorded(
    story: Story, world: Path, modes: tuple[str, ...] = MODES, *, every: int = 1
) -> Iterator[Path]:
    """The worlds in which the power may have left the story; all of them, or `every` so many."""
    into = world.parent / "states"
    into.mkdir()
    recorder = Recorder(world, into, modes, every=every)
    with reopened(world / "vault") as vault, behind(recorder, world):
        story.act(vault, world)
    recorder.keep("the last act")
    yield from states(into)


def holds(story: Story, world: Path) -> None:
    """Start again and look: once for what the crash left, once after what a person repeats."""
    with another_process(), reopened(world / "vault") as vault:
        story.first(vault, world)
        restarted(vault)
        story.again(vault, world)
        restarted(vault)
        sound(
            vault,
            received=story.received,
            archived=story.papers,
            aside=story.aside,
            merged=story.merged,
        )


@contextmanager
def another_process() -> Iterator[None]:
    """Drafts carry the number of their process: after a restart it is another one."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "getpid", lambda: 1)
        yield


def restarted(vault: Vault) -> None:
    """What every start does."""
    ingest(vault)
    publish(vault)


def refused(story: Story, world: Path, gate: Refusing) -> int:
    """Run the act on a disk that refuses, then repeat what it left; gives the exit code of it.

    However the disk refuses, no paper is put aside for it, and nobody is shown a traceback.
    """

    def run() -> None:
        with reopened(world / "vault") as vault, behind(gate, world):
            story.act(vault, world)

    with reopened(world / "vault") as vault:
        lay = put_aside(vault)
    told = io.StringIO()
    with redirect_stderr(told):
        ended = guarded(run)
    case = f"{gate.refused} → {ended} {told.getvalue()}"
    fit = {ExitCode.FINE, ExitCode.STORE, ExitCode.DECLARATIONS}  # rules that cannot be read: 3
    assert ended in {*fit, *story.also}, case
    assert "Traceback" not in told.getvalue(), case
    assert ended == ExitCode.FINE or "→" in told.getvalue(), f"no hint: {case}"
    try:
        with reopened(world / "vault") as vault:
            more = put_aside(vault) - {*lay, *story.aside, *story.papers}
            assert not more, f"put aside because the disk refused: {more}"
        holds(story, world)
    except BaseException as error:
        error.add_note(case)
        raise
    return ended


def acts(story: Story, world: Path) -> dict[int, int]:
    """How many acts of a story each refusal can strike, in a world that is not needed any more."""
    counting = Refusing(errno.ENOSPC, -1, lasting=False)
    assert refused(story, world, counting) == ExitCode.FINE
    shutil.rmtree(world)
    return {code: sum(counting.seen[kind] for kind in kinds) for code, kinds in REFUSALS.items()}
