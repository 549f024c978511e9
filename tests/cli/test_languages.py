"""Every command in Chinese and in English: nothing of the other language slips through."""

import contextlib
import contextvars
import io
import re
from pathlib import Path

import click
import pytest

from archiver.catalogue import receipts
from archiver.cli.app import _COMMANDS, front
from archiver.cli.door import guarded
from archiver.cli.wrap import width
from archiver.custody.fact import add_event
from archiver.customers.register import add
from archiver.declarations.words import choose
from archiver.intake.publish import publish
from archiver.vault.vault import Vault
from tests.worlds import CODE, CONTRACT, LICENCE, a_vault, drop, ingest

NAME = "青梧市华信样本运输有限公司"
HAN = re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")
WORD = re.compile(r"[A-Za-z]+(?:['’-][a-z]+)*")
SENTENCE = re.compile(rf"\b{WORD.pattern}(?:[ ,.;:]+{WORD.pattern}){{2,}}")
TYPED = re.compile(
    r"archiver(?: (?:[a-z]+|--?[a-z]+|[A-Z]+))+"  # a command line
    r"|\S*/\S*"  # a path
    r"|\[[^\]]*\]"  # choices
    r"|\b[A-Z][A-Z_]+\b"  # DOC, OPTIONS, AND
)
"""What stays as it is in every language."""


@pytest.fixture(autouse=True)
def _own_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """The front door names the language in the environment; it is put back."""
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One paper filed, one damaged, one to decide, one locked, one stranger."""
    root = tmp_path_factory.mktemp("languages") / "vault"
    with a_vault(root) as vault:
        customer = add(vault, NAME, kind="customer", aliases=("华信",), codes=(CODE,))
        add_event(vault, "service_completed", customer=customer.id, document=None, day=None)
        for name, text in (
            ("执照.txt", LICENCE),
            ("合同.txt", CONTRACT.format(name=NAME)),
            ("新店/合同.txt", CONTRACT.format(name="新店")),
            ("锁.txt", "LOCKED"),
            ("空.txt", ""),
            ("怪.txt", "BUG"),
        ):
            drop(vault, name, text)
        ingest(vault)
        publish(vault)
    paper = next(root.glob("customers/*/合同/* 合同 *.txt"))
    paper.chmod(0o640)
    paper.write_text("改", encoding="utf-8")
    (paper.parent / "stray.txt").write_text("x", encoding="utf-8")
    return root


def run(*arguments: str) -> str:
    """What a person sees of one call, in a context of its own; both streams."""
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(shown):
        contextvars.copy_context().run(
            guarded,
            lambda: front(list(arguments), prog_name="archiver", standalone_mode=False),
        )
    assert "Traceback" not in shown.getvalue()
    return shown.getvalue()


def everything() -> list[tuple[str, ...]]:
    """Every command, the members of families too."""
    found: list[tuple[str, ...]] = [()]
    context = click.Context(front)
    for name in _COMMANDS:
        command = front.get_command(context, name)
        found.append((name,))
        if isinstance(command, click.Group):
            found.extend((name, inner) for inner in command.commands)
    return found


TYPICAL = (
    ("search", "合同"),
    ("search", "没有的词"),
    ("search", "--category", "licence"),
    ("show", "D000001", "--why"),
    ("show", "D000003", "--why"),
    ("review", "list"),
    ("quarantine", "list"),
    ("customer", "list"),
    ("customer", "show", "华信"),
    ("customer", "find", "华"),
    ("document", "join"),
    ("tag", "D000001", "-a", "重要"),
    ("tag", "D000001", "重要"),
    ("tag", "--list"),
    ("open", "D000001", "--print"),
    ("review",),
    ("report",),
    ("backup", "../copies"),
    (),
    ("retain", "plan"),
    ("retain", "register"),
    ("retain", "explain", "D000001"),
    ("retain", "explain", "D000003"),
    ("event", "add", "service_completed", "华信"),
    ("event", "add", "dispute_opened", "华信"),
    ("check",),
    ("check", "--deep"),
    ("ledger", "verify"),
    ("account",),
    ("status",),
    ("ingest",),
)
WRONG = (
    ("serch", "x"),
    ("xyzzy",),
    ("--colour", "red"),
    ("--lang", "fr"),
    ("show",),
    ("show", "D999999"),
    ("show", "a", "b"),
    ("search", "--limit", "many"),
    ("search", "--limit", "0"),
    ("search", "--sort", "colour"),
    ("search", "x", "--limit"),
    ("search", "x", "--json=1"),
    ("search", "("),
    ("search", "颜色:红"),
    ("search", "state:red"),
    ("search", "amount:x"),
    ("search", "*?"),
    ("account", "--day", "yesterday"),
    ("customer",),
    ("customer", "ad"),
    ("customer", "add", NAME),
    ("customer", "add", "x", "--kind", "ghost"),
    ("customer", "alias", "nobody"),
    ("event", "add", "wedding", "华信"),
    ("ingest", "nowhere.pdf"),
    ("ingest", "--customer", "谁"),
    ("review", "accept", "D000001"),
    ("review", "assign", "D000003"),
    ("review", "assign", "D000003", "--category", "poem"),
    ("quarantine", "show", "R0"),
    ("ledger", "verify", "--head", "x"),
    ("ledger", "verify", "--head", f"1:{'0' * 64}"),
    ("init", "."),
    ("watch", "--poll", "0"),
)


def english_in(text: str) -> list[str]:
    return SENTENCE.findall(TYPED.sub("|", text))


@pytest.mark.parametrize("words", everything(), ids=" ".join)
def test_help_in_chinese_is_chinese_and_80_columns_wide(words: tuple[str, ...]) -> None:
    text = run("--lang", "zh", *words, "--help")
    assert text.startswith("用法：archiver")
    assert "选项：\n" in text
    assert english_in(text) == []
    assert max(map(width, text.splitlines())) <= 80
    assert not re.search(r"^\s*[，。；：！？、）”]", text, re.MULTILINE)


@pytest.mark.parametrize("words", everything(), ids=" ".join)
def test_help_in_english_is_english(words: tuple[str, ...]) -> None:
    text = run("--lang", "en", *words, "--help")
    assert text.startswith("Usage: archiver")
    assert HAN.findall(text.replace("合同 AND 华信", "")) == []
    assert max(map(width, text.splitlines())) <= 80


@pytest.mark.parametrize("words", [*TYPICAL, *WRONG], ids=" ".join)
def test_a_clerk_who_reads_chinese_meets_no_english(
    vault: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(vault)
    text = run("--vault", str(vault), "--lang", "zh", *words)
    assert english_in(text) == []
    assert HAN.search(text)


def test_a_quarantined_file_tells_its_story_in_chinese(vault: Path) -> None:
    listed = run("--vault", str(vault), "--lang", "zh", "quarantine", "list", "--csv")
    receipts_ = re.findall(r"^R\w+", listed, re.MULTILINE)
    assert len(receipts_) == 3
    for receipt in receipts_:
        text = run("--vault", str(vault), "--lang", "zh", "quarantine", "show", receipt)
        assert english_in(text) == []
        assert "投入时的文件：" in text


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_english_complaints_are_english(
    tmp_path: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ARCHIVER_VAULT", raising=False)
    text = run("--lang", "en", *words)
    typed = re.compile("|".join(map(re.escape, filter(HAN.search, words))) or "^$")
    assert HAN.findall(typed.sub("", text)) == []
    assert WORD.search(text)


def test_an_english_paper_in_english(tmp_path: Path) -> None:
    """In a vault of English papers nobody meets a Han character."""
    root = tmp_path / "vault"
    with a_vault(root) as vault:
        add(vault, "Specimen Parts Ltd.", kind="customer", aliases=("Specimen",), codes=())
        drop(vault, "Specimen/letter.txt", "LOCKED")
        ingest(vault)
        publish(vault)
    for words in (
        *(("customer", "list"), ("quarantine", "list"), ("retain", "plan"), ("status",)),
        *(("account",), ("check", "--deep"), ("review", "list"), ("search", "nothing")),
        ("event", "add", "service_completed", "Specimen"),
    ):
        text = run("--vault", str(root), "--lang", "en", *words)
        assert HAN.findall(text) == [], text
        assert WORD.search(text)


def test_the_language_may_stand_anywhere_and_help_speaks_it(vault: Path) -> None:
    for words in (
        ("--lang", "zh", "status", "--help"),
        ("--help", "--lang", "zh"),
        ("status", "--help", "--lang=zh"),
        ("--lang", "zh", "--lang", "en", "--help"),
    ):
        assert "显示本帮助并退出。" in run(*words)
    # the vault's own language counts where the call names none
    assert "显示本帮助并退出。" in run("--vault", str(vault), "status", "--help")
    assert "Show this message" in run("--vault", str(vault), "--lang", "en", "status", "--help")
    assert "Show this message" in run("--vault", str(vault), "status", "--lang", "en", "--help")


def test_what_is_written_into_a_vault_speaks_its_language(tmp_path: Path) -> None:
    """An operator who reads English does not leave English notes in a Chinese vault."""
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "锁.txt", "LOCKED")
        contextvars.copy_context().run(_in_english, vault)
        with vault.catalogue.read() as tx:
            (receipt,) = receipts.aside(tx)
        note = (vault.layout.root / f"{receipt.path}.reason.txt").read_text(encoding="utf-8")
    assert note.startswith("文件有密码。")
    assert english_in(note) == []
    assert receipt.id in note


def _in_english(vault: Vault) -> None:
    choose("en")
    ingest(vault)
