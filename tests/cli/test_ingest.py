"""What `ingest` tells at its end."""

import json
from pathlib import Path

import pytest

from tests.cli.inside import typed
from tests.worlds import CONTRACT, a_vault

NAME = "新样本物流有限公司"
LICENCE = f"营业执照\n统一社会信用代码 91990001MA1HX1001K\n名称 {NAME}\n登记机关\n经营范围"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A vault that knows nobody, and a folder of papers beside it."""
    with a_vault(tmp_path / "vault"):
        pass
    for name, text in (
        ("1.txt", CONTRACT.format(name=NAME)),
        ("2.txt", CONTRACT.format(name=NAME) + "\n第二份"),
        ("3.txt", LICENCE),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / "vault"


def test_a_licence_and_who_waited_for_it_are_told(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second, licence = (str(root.parent / f"{n}.txt") for n in (1, 2, 3))
    assert typed(root, "ingest", first) == 4
    assert "archiver review" in capsys.readouterr().err
    assert typed(root, "ingest", second, licence) == 0
    err = capsys.readouterr().err
    assert f"New customers, by their licences: {NAME}" in err
    assert "2 papers that waited are filed" in err
    assert "archiver review" not in err
    assert typed(root, "customer", "list", "--json") == 0
    (whose,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (whose["name"], whose["documents"]) == (NAME, 3)
