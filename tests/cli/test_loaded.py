"""What a search loads: each library more is time that somebody waits."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from archiver.custody import party
from tests.worlds import CONTRACT, a_vault, drop, ingest

NAME = "青梧市华信样本运输有限公司"
HEAVY = (
    *("sqlalchemy", "pydantic", "rich.console", "rapidocr", "onnxruntime", "openvino", "cv2"),
    *("PIL", "numpy", "pypdf", "pypdfium2", "lxml", "jinja2", "watchdog"),
    *("archiver.catalogue", "archiver.reading", "archiver.recognition", "archiver.custody"),
)
SCRIPT = """
import atexit, sys
from pathlib import Path
told = sys.argv.pop()
atexit.register(lambda: Path(told).write_text("\\n".join(sys.modules)))
from archiver.cli.app import front
front(sys.argv[1:], prog_name="archiver", standalone_mode=False)
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("loaded") / "vault"
    with a_vault(folder) as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[])
        drop(vault, f"{NAME}/合同.txt", CONTRACT.format(name=NAME))
        ingest(vault)
    return folder


@pytest.mark.parametrize(
    ("words", "besides"),
    [
        (["合同"], set()),
        (["合同", "--json"], set()),
        (["合同", "--facets"], set()),
        (["合同", "-0"], set()),
        (["没有这样的词", "--json"], set()),
        (["花信样本运输"], {"rapidfuzz"}),
        (["--saved"], set()),
    ],
)
def test_a_search_loads_neither_catalogue_nor_reading(
    root: Path, tmp_path: Path, words: list[str], besides: set[str]
) -> None:
    told = tmp_path / "loaded"
    subprocess.run(
        [sys.executable, "-c", SCRIPT, "--vault", str(root), "search", *words, str(told)],
        check=True,
        capture_output=True,
        env={**os.environ, "XDG_STATE_HOME": str(tmp_path)},
    )
    loaded = set(told.read_text().split())
    assert "archiver.cli.search" in loaded
    assert sorted(loaded & {*HEAVY, "rapidfuzz"}) == sorted(besides)
    assert ("whoosh" in loaded) == (words != ["--saved"])
