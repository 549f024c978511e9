"""Worker processes that misbehave cost one paper, never the next."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest

from archiver.core.errors import DocumentError, EngineError, NotYet
from archiver.reading import crew as crew_module
from archiver.reading.answers import Nonsense
from archiver.reading.crew import Crew, Duty, resident
from archiver.reading.frames import Header

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def a_crew(
    *folders: Path, size: int = 1, seconds: float = 20.0, memory: int = 512 << 20, **options: str
) -> Iterator[Crew]:
    crew = Crew(
        Duty(
            module="tests.reading.misbehaving",
            options={"bytes": memory, **options},
            resident=256 << 20,
            size=size,
            seconds=seconds,
            start_seconds=20.0,
            crashed="parser_crashed",
            environment={"PYTHONPATH": str(ROOT)},
            folders=folders,
        )
    )
    try:
        yield crew
    finally:
        crew.close()


def heard(header: Header, raw: bytes) -> tuple[object, object]:
    if isinstance(header.get("said"), int):
        raise Nonsense
    return header.get("said"), header.get("pid")


def ask(crew: Crew, do: str, say: str = "") -> tuple[object, object]:
    """What it says, and the process that says it."""
    with crew.one() as worker:
        first, *_ = list(worker.ask({"do": do, "say": say}, b"raw", heard))
    return first


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ("crash", "parser_crashed"),
        ("eat", "parser_crashed"),
        ("lie", "parser_crashed"),
        ("stop half-way", "parser_crashed"),
        ("hang", "timed_out"),
        ("loop", "timed_out"),
        ("chatter", "timed_out"),
        ("write", "parser_crashed"),
    ],
)
def test_a_worker_that_fails_is_replaced(wrong: str, code: str) -> None:
    with a_crew(seconds=1.0 if code == "timed_out" else 20.0) as crew:
        _, before = ask(crew, "answer")
        with pytest.raises(DocumentError) as refusal:
            ask(crew, wrong)
        assert refusal.value.because.code == code
        said, after = ask(crew, "answer", "well")
        assert said == "well"
        assert after != before


def test_a_worker_that_grows_is_stopped_and_replaced() -> None:
    """Its address space is not limited, as some engines need it."""
    with a_crew(memory=0) as crew:
        _, before = ask(crew, "answer")
        with pytest.raises(DocumentError) as refusal:
            ask(crew, "grow")
        assert refusal.value.because.code == "out_of_memory"
        assert ask(crew, "answer")[1] != before


def test_one_that_died_while_it_waited_costs_nobody() -> None:
    with a_crew() as crew:
        _, before = ask(crew, "answer")
        (worker,) = crew._idle
        worker.kill()
        worker._process.wait()
        said, after = ask(crew, "answer", "well")
        assert said == "well"
        assert after != before


def test_memory_of_a_process_that_is_gone_is_none() -> None:
    assert resident(os.getpid()) > 1 << 20
    assert resident(1 << 30) == 0


def test_noise_of_libraries_does_no_harm() -> None:
    with a_crew() as crew:
        _, before = ask(crew, "answer")
        ask(crew, "babble")
        assert ask(crew, "answer") == ("", before)


def test_an_answer_that_nobody_hears_out_ends_the_worker() -> None:
    with a_crew() as crew:
        with crew.one() as worker:
            _, before = next(worker.ask({"do": "answer"}, b"", heard))
        assert ask(crew, "answer")[1] != before


def test_one_failure_does_not_touch_the_others() -> None:
    with a_crew(size=2) as crew, ThreadPoolExecutor(6) as threads:
        wishes = ["answer", "crash", "answer", "answer", "crash", "answer"] * 3
        asked = [threads.submit(ask, crew, do, str(n)) for n, do in enumerate(wishes)]
        for number, (do, one) in enumerate(zip(wishes, asked, strict=True)):
            if do == "crash":
                assert isinstance(one.exception(), DocumentError)
            else:
                assert one.result()[0] == str(number)


def test_a_worker_is_replaced_before_it_grows_old(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew_module, "_SERVES", 2)
    with a_crew() as crew:
        seen = [ask(crew, "answer")[1] for _ in range(4)]
    assert seen[0] == seen[1] != seen[2] == seen[3]


def test_a_worker_that_has_grown_is_replaced_between_two_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with a_crew() as crew:
        seen = [ask(crew, "answer")[1] for _ in range(2)]
        monkeypatch.setattr(crew_module, "_GROWN", 0.0)
        seen += [ask(crew, "answer")[1] for _ in range(2)]
    assert seen[0] == seen[1] == seen[2] != seen[3]


def test_a_process_that_does_not_start_is_nobodys_paper() -> None:
    with a_crew(start="fail") as crew, pytest.raises(EngineError) as refusal:
        ask(crew, "answer")
    assert "misbehaving" in refusal.value.advice()


def test_nothing_starts_before_it_is_needed_and_all_at_once_when_warmed() -> None:
    with a_crew(size=3) as crew:
        assert crew._idle == []
        crew.warm()
        assert len(crew._idle) == 3


def test_closing_does_not_wait_and_blames_no_paper() -> None:
    with a_crew(size=1, seconds=60.0) as crew, ThreadPoolExecutor(2) as threads:
        asked = [threads.submit(ask, crew, "hang") for _ in range(2)]
        while not crew._busy:
            sleep(0.01)
        begun = monotonic()
        crew.close()
        assert all(isinstance(one.exception(), NotYet) for one in asked)
        assert monotonic() - begun < 10
        with pytest.raises(NotYet):
            ask(crew, "answer")


def test_workers_leave_the_stopping_to_their_parent() -> None:
    with a_crew() as crew:
        _, pid = ask(crew, "answer")
        assert isinstance(pid, int)
        for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            os.kill(pid, stop)
        assert ask(crew, "answer") == ("", pid)


ORPHANAGE = """
import sys
from archiver.reading.crew import Duty, Worker
duty = Duty("tests.reading.misbehaving", {"bytes": 0}, 1 << 30, 1, 1.0, 20.0, "parser_crashed")
idle, busy = Worker(duty), Worker(duty)
for worker in (idle, busy):
    worker._await_ready()
def say(header, raw):
    return header
list(idle.ask({"do": "answer"}, b"", say))
from archiver.reading.frames import send
send(busy._link, {"do": "loop"})
print(idle._process.pid, busy._process.pid, flush=True)
sys.stdin.read()
"""


def test_workers_do_not_outlive_a_parent_that_was_killed() -> None:
    """One waits for work and sees the link close; one, in an endless loop, runs out of time."""
    parent = subprocess.Popen(
        [sys.executable, "-c", ORPHANAGE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    with parent:
        assert parent.stdout
        orphans = [int(pid) for pid in parent.stdout.readline().split()]
        parent.kill()
    assert len(orphans) == 2
    deadline = monotonic() + 20
    while any(_runs(pid) for pid in orphans) and monotonic() < deadline:
        sleep(0.05)
    assert not any(_runs(pid) for pid in orphans)


def _runs(pid: int) -> bool:
    """Whether the process is there and no mere entry that nobody has asked for."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except FileNotFoundError:
        return False


def test_the_crew_is_not_larger_than_it_may_be() -> None:
    most = 0
    lock = threading.Lock()

    def once(crew: Crew) -> None:
        nonlocal most
        ask(crew, "answer")
        with lock:
            most = max(most, len(crew._busy) + len(crew._idle))

    with a_crew(size=2) as crew, ThreadPoolExecutor(8) as threads:
        list(threads.map(once, [crew] * 40))
    assert most == 2
