"""A declaration that cannot be followed stops an act before it begins, never in its middle."""

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import archiver.cli
from archiver.core.errors import ExitCode
from archiver.declarations.shipped import shipped
from tests.cli.inside import typed
from tests.worlds import CONTRACT, LICENCE, a_vault, drop, ingest, tree

ACTS = (
    ("customer", "add", "某某", "--alias", "某"),
    ("customer", "alias", "新店", "店"),
    ("event", "add", "service_completed", "_C_"),
    ("event", "confirm", "--all"),
    ("document", "join", "D000001", "D000002"),
    ("document", "part", "D000003"),
    ("review", "accept", "D000001"),
    ("review", "assign", "D000001", "--customer", "_C_", "--category", "contract"),
    ("ingest",),
    ("ingest", "_PAPER_"),
    ("watch",),
    ("reindex",),
    ("report",),
)
_NONSENSE = (shipped("rules") / "categories.toml").read_text("utf-8").replace("_opened", "_open")
DECLARED = (
    ("rules/categories.toml", "[[category"),
    ("rules/categories.toml", _NONSENSE),
    ("rules/fields.toml", "[[field"),
    (".archiver/vault.toml", "format ="),
    (".archiver/vault.toml", 'search = "nowhere:index"\n'),
)
BROKEN_RULES = (
    ("rules/retention/company.toml", "[[rule"),
    ("rules/retention/more.toml", "[[rule]]\nid = 7\n"),
)
"""Rule files are a proposal: what is in force does not change with them."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault with papers that wait, two joined ones, and a drop."""
    root = tmp_path_factory.mktemp("declared") / "vault"
    with a_vault(root) as vault:
        for name in ("a", "b", "c", "d"):
            drop(vault, f"新店/{name}.txt", CONTRACT.format(name="新店") + name)
        ingest(vault)
        assert typed(root, "document", "join", "D000003", "D000004") == ExitCode.FINE
        drop(vault, "执照.txt", LICENCE)
    return root


def _everything(root: Path) -> dict[str, bytes]:
    """All files but those of the open catalogue, and all that the catalogue says."""
    found = {path: data for path, data in tree(root).items() if "catalogue.db" not in path}
    with closing(sqlite3.connect(root / ".archiver" / "catalogue.db")) as catalogue:
        found["(catalogue)"] = "\n".join(catalogue.iterdump()).encode()
    return found


@pytest.mark.parametrize(("name", "text"), DECLARED)
def test_no_act_is_half_done(world: Path, tmp_path: Path, name: str, text: str) -> None:
    root = tmp_path / "vault"
    shutil.copytree(world, root)
    (root / name).write_text(text, encoding="utf-8")
    paper = tmp_path / "合同.txt"
    paper.write_text(CONTRACT.format(name="某某"), encoding="utf-8")
    before = _everything(root)
    expected = ExitCode.ENGINE if "nowhere" in text else ExitCode.DECLARATIONS
    for act in ACTS:
        words = [{"_C_": "C0001", "_PAPER_": str(paper)}.get(one, one) for one in act]
        assert typed(root, *words) == expected, act
        assert _everything(root) == before, act


def _ended(root: Path, paper: Path) -> list[int]:
    """How each act ends in a copy of its own of the vault at `root`; `watch` would not."""
    ended = []
    for number, act in enumerate(ACTS):
        if act == ("watch",):
            continue
        copy = root.with_name(f"{root.name}-{number}")
        shutil.copytree(root, copy)
        words = [{"_C_": "C0001", "_PAPER_": str(paper)}.get(one, one) for one in act]
        ended.append(typed(copy, *words))
        shutil.rmtree(copy)
    return ended


@pytest.mark.parametrize(("name", "text"), BROKEN_RULES)
def test_broken_rule_files_stop_nothing(
    world: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str
) -> None:
    root = tmp_path / "vault"
    shutil.copytree(world, root)
    paper = tmp_path / "合同.txt"
    paper.write_text(CONTRACT.format(name="某某"), encoding="utf-8")
    as_ever = _ended(root, paper)
    assert ExitCode.DECLARATIONS not in as_ever
    (root / name).write_text(text, encoding="utf-8")
    capsys.readouterr()
    assert _ended(root, paper) == as_ever
    assert "the rules in force stay" in capsys.readouterr().err
    assert typed(root, "status") == ExitCode.FINE
    assert "cannot be followed; the rules in force stay" in capsys.readouterr().out
    assert typed(root, "retain", "explain", "D000001") == ExitCode.FINE
    before = _everything(root)
    for words in (("check",), ("diff",), ("activate", "--yes")):
        assert typed(root, "rules", *words) == ExitCode.DECLARATIONS
        assert _everything(root) == before, words


def test_a_vault_that_never_recorded_its_rules_stops_as_it_always_did(
    world: Path, tmp_path: Path
) -> None:
    root = tmp_path / "vault"
    shutil.copytree(world, root)
    with closing(sqlite3.connect(root / ".archiver" / "catalogue.db")) as catalogue, catalogue:
        catalogue.execute("DELETE FROM meta WHERE key = 'rules_in_force'")
        catalogue.execute("UPDATE rule_sets SET said = NULL")
    (root / "rules/retention/company.toml").write_text("[[rule", encoding="utf-8")
    before = _everything(root)
    for act in ACTS:
        words = [{"_C_": "C0001", "_PAPER_": "x"}.get(one, one) for one in act]
        assert typed(root, *words) == ExitCode.DECLARATIONS, act
    assert typed(root, "status") == ExitCode.FINE
    assert _everything(root) == before


def test_every_command_that_publishes_reads_the_declarations_first() -> None:
    # See below; `review` opens the desk and tells what is filed, `event` sits down to vouch,
    # `rules activate` reads them against the rules that it is to put in force.
    anyway = {"backup.py", "restore.py", "desk.py", "filed.py", "vouch.py", "activate.py"}
    for path in Path(archiver.cli.__file__).parent.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        if re.search(r"\bpublish\(", text) and path.name not in anyway:
            assert re.search(r"\b(acting|working)\(", text), path.name


def test_broken_rules_want_a_backup(
    world: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, backups, back = tmp_path / "vault", tmp_path / "backups", tmp_path / "back"
    shutil.copytree(world, root)
    broken = root / "rules" / "fields.toml"
    sound = broken.read_bytes()
    broken.write_text("[[field", encoding="utf-8")
    assert typed(root, "event", "add", "service_completed", "C0001") == ExitCode.DECLARATIONS
    assert typed(root, "backup", str(backups)) == ExitCode.FINE
    (made,) = (one for one in backups.iterdir() if not one.name.startswith("."))
    capsys.readouterr()
    assert typed(None, "restore", str(made), str(back)) == ExitCode.DECLARATIONS
    assert "archiver reindex" in capsys.readouterr().err
    (back / broken.relative_to(root)).write_bytes(sound)
    assert typed(back, "reindex") == ExitCode.FINE
    assert typed(back, "check", "--deep") == ExitCode.FINE


def test_a_folder_called_like_a_rule_file_is_named(
    world: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "vault"
    shutil.copytree(world, root)
    (root / "rules" / "retention" / "old.toml").mkdir()
    assert typed(root, "rules", "check") == ExitCode.DECLARATIONS
    assert "old.toml: it cannot be read" in capsys.readouterr().err
