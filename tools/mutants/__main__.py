"""`python -m tools.mutants [PATH…]` makes the code wrong in one place at a time and runs tests.

Without a path: everything retention is worked out with. Only tests that touch no disk are run, so
that a mutant is judged in well under a second. What survives is told with file, line and change,
unless `equivalent.toml` says why nothing can tell it from the code; what stands there and is
noticed all the same, or can no longer be made, is told too. Exit 0 only when nothing is told.
"""

import argparse
import os
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.mutants.arena import fought
from tools.mutants.mutate import mutants

CODE = ("archiver/judge", "archiver/core/periods.py")
TESTS = ("tests/judge", "tests/core/test_periods.py", "tests/declarations")
_IN_A_VAULT = (
    "test_our_own_timelines_in_a_vault",
    "test_the_published_cases",
    "test_a_wrong_case",
    "test_an_act_nobody",
)
"""How the names of those of `tests/judge/test_timelines.py` begin that take longer."""
_SETS = "3"
"""Sets stand in one order, and not in a sorted one: what is noticed today is noticed tomorrow."""
EQUIVALENT = Path(__file__).with_name("equivalent.toml")


def equivalents() -> dict[str, str]:
    """Mutant → why nothing can tell it from the code."""
    written = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))
    return {key: one["because"] for one in written["equivalent"] for key in one["mutants"]}


def files(paths: Iterable[str]) -> Iterator[Path]:
    """The modules at some paths."""
    for path in map(Path, paths):
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def main() -> int:
    """Run it."""
    words = argparse.ArgumentParser(prog="python -m tools.mutants")
    words.add_argument("paths", nargs="*", default=CODE, metavar="PATH")
    words.add_argument("--only", default="", help="only mutants whose name has this in it")
    asked = words.parse_args()
    made = [one for file in files(asked.paths) for one in mutants(file) if asked.only in one.key]
    known = equivalents()
    left = (f"--deselect=tests/judge/test_timelines.py::{name}" for name in _IN_A_VAULT)
    survived = 0
    noticed = set()
    for mutant, seen in fought([*TESTS, *left], made):
        if seen:
            noticed.add(mutant.key)
        elif mutant.key not in known:
            survived += 1
            print(f"{mutant.file}:{mutant.line}: {mutant.key}", flush=True)
    wrong = sorted(noticed & {*known})
    for key in wrong:
        print(f"noticed, though it is called equivalent: {key}")
    print(f"{len(made)} mutants, {len(noticed)} noticed, {survived} survived", end=", ")
    print(f"{len(made) - len(noticed) - survived} equivalent")
    return 1 if survived or wrong else 0


if __name__ == "__main__":
    if os.environ.get("PYTHONHASHSEED") != _SETS:
        words = [sys.executable, "-m", "tools.mutants", *sys.argv[1:]]
        os.execve(sys.executable, words, {**os.environ, "PYTHONHASHSEED": _SETS})  # noqa: S606
    sys.exit(main())
