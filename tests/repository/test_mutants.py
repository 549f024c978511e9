"""The tool that makes the code wrong makes what it says, and forgives only what it makes."""

import tomllib
from pathlib import Path

import pytest

from tools.mutants.__main__ import CODE, EQUIVALENT, equivalents, files
from tools.mutants.mutate import mutants

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("a < 3", {"a <= 3", "a >= 3", "a < 4", "a < 2"}),
        ("a and b", {"a or b", "a", "b"}),
        ("not a", {"a"}),
        ("min(a)", {"max(a)"}),
        ("sorted(a, key=b)", {"list(a)", "sorted(a)"}),
        ("[a, b]", {"[a]", "[b]", "[b, a]"}),
        ("{'HELD': a}", {"{}", "{'HELD~': a}"}),
        ("a if b else c", {"a", "c"}),
        ("[a for a in b if a]", {"[a for a in b]"}),
        ("N_('a sentence')", set()),
    ],
)
def test_an_expression_is_made_wrong_in_every_way(
    written: str, wrong: set[str], tmp_path: Path
) -> None:
    file = tmp_path / "one.py"
    file.write_text(f"x = {written}\n", encoding="utf-8")
    assert {_whole(mutant.change, written) for mutant in mutants(file)} == wrong


def _whole(change: str, written: str) -> str:
    """The whole expression after a change in it."""
    before, after = change.split(" → ")
    return written.replace(before.strip(), after.strip(), 1)


def test_a_mutant_does_what_it_says(tmp_path: Path) -> None:
    file = tmp_path / "one.py"
    file.write_text("MOST = 2\n\ndef f(a):\n    return a > MOST\n", encoding="utf-8")
    found = {}
    for mutant in mutants(file):
        names: dict[str, object] = {}
        exec(mutant.code, names)  # noqa: S102 - what is tested
        f = names["f"]
        assert callable(f)
        found[mutant.key] = (f(1), f(2), f(3), mutant.callable)
    assert found == {
        "one.*: 2 → 3": (False, False, False, False),
        "one.*: 2 → 1": (False, True, True, False),
        "one.f: return a > MOST → return None": (None, None, None, True),
        "one.f: a > MOST → a >= MOST": (False, True, True, True),
        "one.f: a > MOST → a <= MOST": (True, True, False, True),
    }


def test_every_mutant_called_equivalent_can_still_be_made() -> None:
    made = {one.key for path in files(str(ROOT / code) for code in CODE) for one in mutants(path)}
    assert set(equivalents()) <= made
    written = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))["equivalent"]
    assert sum(len(one["mutants"]) for one in written) == len(equivalents())
    assert all(one["because"].strip() for one in written)
