import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.core import proof

# RFC 6962 reference inputs (as used by its reference implementation) and their roots.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    *("6e340b9c", "fac54203", "aeb6bcfe", "d37ee418"),
    *("4e3bbb1f", "76e67dad", "ddb89be4", "5dc9da79"),
]


@pytest.mark.parametrize("count", range(1, 9))
def test_the_tree_reproduces_the_reference_roots(count: int) -> None:
    leaves = [proof.leaf_hash(entry) for entry in LEAVES[:count]]
    assert proof.tree_root(leaves).hex().startswith(ROOTS[count - 1])


def test_the_root_of_nothing() -> None:
    assert proof.tree_root([]) == hashlib.sha256(b"").digest()


def chain(facts: list[str]) -> list[str]:
    prev, lines = proof.GENESIS, []
    for seq, fact in enumerate(facts, start=1):
        line = proof.canonical({"seq": seq, "prev": prev, "facts": {"text": fact}})
        prev = proof.leaf_hash(line.encode()).hex()
        lines.append(line)
    return lines


texts = st.lists(st.text(max_size=20), min_size=1, max_size=12)


@given(texts)
def test_an_honest_chain_has_no_fault(facts: list[str]) -> None:
    assert proof.first_fault(chain(facts)) is None


@given(texts, st.data())
def test_every_change_of_an_entry_before_the_anchor_is_found(
    facts: list[str], data: st.DataObject
) -> None:
    lines = chain(facts)
    anchor = (len(lines), proof.leaf_hash(lines[-1].encode()).hex())
    at = data.draw(st.integers(0, len(lines) - 1))
    forged = facts.copy()
    forged[at] += "x"
    attacks = {
        "edited in place": [*lines[:at], lines[at].replace('"seq"', '"Seq"'), *lines[at + 1 :]],
        "rebuilt after an edit": chain(forged),
        "one entry removed": [*lines[:at], *lines[at + 1 :]],
        "cut short": lines[:at],
        "one entry added in between": [*lines[: at + 1], lines[at], *lines[at + 1 :]],
    }
    for name, attacked in attacks.items():
        assert proof.first_fault(attacked, anchor), name


def test_the_verifier_runs_alone(tmp_path: Path) -> None:
    verifier = tmp_path / "verify.py"
    verifier.write_text(Path(proof.__file__).read_text(encoding="utf-8"), encoding="utf-8")
    lines = chain(["一", "二"])
    exported = tmp_path / "current.jsonl"
    exported.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    def verify(*more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", str(verifier), str(exported), *more]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)

    assert verify().returncode == 0
    assert "2 entries verified" in verify().stdout
    first = json.loads(lines[1])["prev"]
    assert verify(f"1:{first}").returncode == 0
    assert verify(f"1:{'0' * 64}").returncode == 5
    exported.write_text(lines[1] + "\n", encoding="utf-8")
    assert verify().returncode == 5


def test_the_verifier_speaks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines, prev = [], proof.GENESIS
    for number in (1, 2):
        lines.append(proof.canonical({"seq": number, "prev": prev, "action": "x"}))
        prev = proof.leaf_hash(lines[-1].encode()).hex()
    path = tmp_path / "ledger.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert proof.main([str(path)]) == 0
    assert f"2 entries verified, head 2:{prev}" in capsys.readouterr().out
    assert proof.main([str(path), f"2:{prev}"]) == 0
    assert proof.main([str(path), f"3:{prev}"]) == 5
    path.write_text("\n".join([*lines, "{"]) + "\n", encoding="utf-8")
    assert proof.main([str(path)]) == 5
    assert "entry 3: not JSON" in capsys.readouterr().out
    path.write_text("", encoding="utf-8")
    assert proof.main([str(path)]) == 0
    assert proof.main([]) == 2


leaves = st.binary(min_size=32, max_size=32).map(bytes.hex)


@given(st.integers(1, 10**6), leaves, st.booleans(), st.data())
def test_a_head_is_read_as_people_copy_it(
    seq: int, leaf: str, upper: bool, data: st.DataObject
) -> None:
    leaf_said = leaf.upper() if upper else leaf
    step = data.draw(st.sampled_from([4, 8, 64]))
    groups = " ".join(leaf_said[at : at + step] for at in range(0, 64, step))
    between = data.draw(st.sampled_from([":", ": ", "\n", " ", "：", " :\n"]))
    number = data.draw(st.sampled_from([f"{seq}", f"{seq:,}"]))
    assert proof.head_of(f" {number}{between}{groups}\n") == (seq, leaf)
    assert proof.head_of(groups[:-1]) is None
    assert proof.head_of(f"{number}{between}{groups}g") is None


def test_the_verifier_says_what_it_was_not_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for what in (tmp_path / "none.jsonl", tmp_path):
        assert proof.main([str(what)]) == 2
        assert str(what) in capsys.readouterr().err
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(chain(["一"])[0].encode() + b"\n\xcf\xe4\n")
    assert proof.main([str(path)]) == 5
    assert "entry 2: not UTF-8" in capsys.readouterr().out
    path.write_text(chain(["一"])[0] + "\n", encoding="utf-8")
    head = proof.leaf_hash(path.read_bytes().rstrip()).hex()
    assert proof.main([str(path), "1", head[:8], head[8:]]) == 0  # typed from paper, unquoted
    assert proof.main([str(path), "1:", head[:-1]]) == 2
    assert "usage" in capsys.readouterr().err
