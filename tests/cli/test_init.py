"""`init` says what this machine cannot do; each in its own line, and nothing when all is well."""

from pathlib import Path

import pytest

from archiver.reading import landlock, seccomp
from tests.cli.test_languages import run


@pytest.mark.parametrize(
    ("version", "filters", "missing"),
    [(7, True, []), (0, True, ["Landlock"]), (1, False, ["seccomp"])],
)
@pytest.mark.parametrize(("lang", "word"), [("en", "warning: no "), ("zh", "警告：此处没有 ")])
def test_what_the_kernel_does_not_offer(
    version: int,
    filters: bool,
    missing: list[str],
    lang: str,
    word: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(landlock, "version", lambda: version)
    monkeypatch.setattr(seccomp, "offered", lambda: filters)
    shown = run("--lang", lang, "init", str(tmp_path / "vault"))
    seen = [line for line in shown.splitlines() if "Landlock" in line or "seccomp" in line]
    assert len(seen) == len(missing)
    for line, name in zip(seen, missing, strict=True):
        assert line.startswith(f"{word}{name}")
