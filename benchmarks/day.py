"""A day of an office in a few minutes: `python -m benchmarks.day [--minutes 2.5] [--seed N]`.

Several people drop papers into several folders: whole, slowly, renamed while they settle, taken
back, as whole folders, with old times. The watch is killed again and again, sometimes two are at
work, sometimes somebody decides, checks or backs up meanwhile. In the end everything that was not
taken back has one outcome, and every paper lies in one place.

The clock of the archive runs faster than ours; the quiet time and the sweep are short instead.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from archiver.service.watch import Bell, watch
from archiver.vault.vault import open_vault
from benchmarks.common import figure, machine
from tests.faults.kills import KINDS, NAME, Drop, Office, closed, opened, started, waiting

DAY = 24 * 3600
QUIET, SWEEP = 0.4, 0.5
FOLDERS = ("", "", "华信", "三号店", "二〇二六年/五月", "Nameless Branch")
DAWN = datetime(2026, 5, 20, tzinfo=ZoneInfo("Asia/Shanghai"))


def main() -> None:
    """One day."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=2.5)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--since", type=float, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    speed = DAY / (asked.minutes * 60)
    if asked.serve:
        serve(asked.serve, asked.since, speed)
        return
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        machine(Path(folder))
        print(f"seed {asked.seed}; 24 hours in {asked.minutes:g} minutes")
        Day(Path(folder) / "vault", asked.seed, asked.minutes).run()


def serve(root: Path, since: float, speed: float) -> None:
    """The watch, on a clock that runs ahead."""

    def clock() -> datetime:
        return DAWN + timedelta(seconds=(time.time() - since) * speed)

    bell = Bell()
    signal.signal(signal.SIGTERM, lambda *_: bell.stop())
    with open_vault(root, "clerk", clock) as vault:
        watch(vault, bell, lambda taken: None, sweep=SWEEP)


class Day:
    """The office, its people, and whoever pulls the plug."""

    def __init__(self, root: Path, seed: int, minutes: float) -> None:
        self._minutes = minutes
        self._dice = random.Random(seed)  # noqa: S311 - dice
        self._lock = threading.Lock()
        self._office: Office = opened(root, seed)
        settings = self._office.layout.settings
        told = settings.read_text("utf-8").replace("quiet = 0.0", f"quiet = {QUIET}")
        settings.write_text(told, "utf-8")
        self._number = 0
        self._done: Counter[str] = Counter()
        self._since = time.time()
        self._watches: list[subprocess.Popen[bytes]] = []

    def run(self) -> None:
        """From dawn to dawn."""
        self._since = time.time()
        people = [
            threading.Thread(target=self._person, args=(random.Random(seed),))  # noqa: S311 - dice
            for seed in (self._dice.random() for _ in range(3))
        ]
        for person in people:
            person.start()
        while self._daytime():
            self._something_happens()
        for person in people:
            person.join()
        self._evening()

    def _daytime(self) -> bool:
        return time.time() - self._since < self._minutes * 60

    def _something_happens(self) -> None:
        """Watches come and go; somebody does something now and then."""
        self._watches = [one for one in self._watches if one.poll() is None]
        dice = self._dice
        if not self._watches or dice.random() < 0.1:
            self._start()
        time.sleep(dice.uniform(0.2, 3.0))
        if dice.random() < 0.5:
            self._kill(dice.choice(self._watches))
        if dice.random() < 0.5:
            self._act(dice.choice(["decide", "decide", "ingest", "check", "backup"]))

    def _start(self) -> None:
        words = [sys.executable, "-m", "benchmarks.day", "--serve", str(self._office.root)]
        words += ["--since", str(self._since), "--minutes", str(self._minutes)]
        with (self._office.root.parent / "talk.txt").open("ab") as talk:
            self._watches.append(subprocess.Popen(words, stdout=talk, stderr=talk))
        self._done["watches started"] += 1

    def _kill(self, process: subprocess.Popen[bytes]) -> None:
        process.kill()
        self._done["watches killed" if process.wait() < 0 else "watches ended"] += 1

    def _act(self, kind: str) -> None:
        """Something somebody does; it may be killed too."""
        if kind == "check":
            self._check()
            return
        words = {
            "ingest": ("ingest",),
            "backup": ("backup", str(self._office.root.parent / "backups")),
        }.get(kind)
        if words is None:
            found = waiting(self._office)
            if not found:
                return
            words = ("review", "assign", self._dice.choice(found), "--customer", NAME)
        process = started(self._office, *words)
        if self._dice.random() < 0.3:
            time.sleep(self._dice.uniform(0.3, 2.0))
            process.kill()
        self._done[f"{kind}: {_ended(process.wait())}"] += 1

    def _check(self) -> None:
        """Between a kill and the next start, what the dead one had just placed is a stranger."""
        told = self._office.root.parent / "faults.jsonl"
        with told.open("wb") as out:
            code = started(self._office, "check", "--json", out=out).wait()
        found = [json.loads(line) for line in told.read_text("utf-8").splitlines()]
        kinds = {str(one["kind"]) for one in found}
        if kinds - {"extra"}:
            sys.exit(f"a check beside the work found {found}")
        self._done["check: a stranger" if kinds else f"check: {_ended(code)}"] += 1

    def _person(self, dice: random.Random) -> None:
        """Drops things all day."""
        while self._daytime():
            time.sleep(dice.uniform(0.05, 1.2))
            how = dice.choice(["whole", "slowly", "renamed", "taken back", "folder", "old"])
            kind = dice.choice(KINDS)
            # Bytes that come again must be nobody else's: only the inbox itself is for all.
            where = "" if kind == "again" else dice.choice(FOLDERS)
            with self._lock:
                self._number += 1
                drop = self._office.made(kind, self._number)
                if how != "taken back":
                    self._office.note(drop, known=not where and how != "folder")
            self._done[f"dropped: {how}"] += 1
            self._drop(dice, how, where, drop)

    def _drop(self, dice: random.Random, how: str, where: str, drop: Drop) -> None:
        inbox = self._office.layout.inbox
        if how == "folder" and drop.archived:
            outside = self._office.root.parent / f"batch {drop.name}"
            outside.mkdir()
            (outside / drop.name).write_bytes(drop.data)
            outside.rename(inbox / outside.name)
            return
        seconds = 3.0 * dice.random() if how == "slowly" else 0.0
        target = self._written(inbox / where / drop.name, drop.data, seconds)
        if how == "old":
            with suppress(FileNotFoundError):
                os.utime(target, (1.0e9, 1.0e9))
        elif how == "renamed":
            time.sleep(QUIET * dice.random() * 2)
            with suppress(FileNotFoundError):  # taken already: it keeps the name it had
                target.rename(target.with_name(f"renamed {drop.name}"))
        elif how == "taken back":
            time.sleep(QUIET * dice.random() * 2)
            self._take_back(target, drop)

    def _written(self, target: Path, data: bytes, seconds: float) -> Path:
        """Write a file, in pieces when there is time; it stays open meanwhile."""
        while True:
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                stream = target.open("xb", buffering=0)
            except FileNotFoundError:  # an emptied folder may be tidied away at any time
                continue
            with stream:
                third = len(data) // 3
                for piece in (data[:third], data[third : 2 * third], data[2 * third :]):
                    stream.write(piece)
                    time.sleep(seconds / 3)
            return target

    def _take_back(self, target: Path, drop: Drop) -> None:
        """Delete it again, unless it was taken already."""
        try:
            target.unlink()
        except FileNotFoundError:
            with self._lock:
                self._office.note(drop, known=False)
        else:
            self._done["taken back in time"] += 1

    def _evening(self) -> None:
        """The last watch ends as it should; one more intake, then everything is looked at."""
        for process in [one for one in self._watches if one.poll() is None]:
            process.terminate()
            code = process.wait(60)
            if code not in {0, -signal.SIGTERM}:  # the latter while it was still loading
                sys.exit(f"a watch ended with {code}")
        time.sleep(QUIET)
        closed(self._office)
        for what, count in sorted(self._done.items()):
            print(f"  {count:4d}  {what}")
        odd = [what for what in self._done if what.endswith(("exit 1", "exit 5", "exit 9"))]
        if odd:
            sys.exit(f"commands that ended in a way they must not: {odd}")
        print(f"{self._office.received} drops, {len(self._office.archived)} papers archived")
        figure("papers lost, twice or unaccounted for", 0, 0, "papers")


def _ended(code: int) -> str:
    return {0: "done", 4: "done", -signal.SIGKILL: "killed"}.get(code, f"exit {code}")


if __name__ == "__main__":
    main()
