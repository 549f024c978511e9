"""What a search prints beside the hits: counts, pages, paths for other programs."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from archiver.cli.wrap import width
from archiver.core.errors import ExitCode
from archiver.custody import party
from tests.cli.inside import typed
from tests.worlds import CONTRACT, a_vault, drop, ingest

PAPERS = 25
"""More than a page without `--limit`."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault in a folder whose name scripts trip over; every paper is another customer's."""
    folder = tmp_path_factory.mktemp("odd") / "a  vault\nof 样本 ' $(x)"
    with a_vault(folder) as vault:
        for number in range(PAPERS):
            name = f"青梧市第{number}样本修理厂"
            party.add(vault, name, kind="customer", aliases=[], codes=[])
            drop(vault, f"{name}/合同.txt", CONTRACT.format(name=name))
        ingest(vault)
    return folder


class Saying:
    """Types searches in the vault and gives what came to stdout."""

    def __init__(self, root: Path, captured: pytest.CaptureFixture[bytes]) -> None:
        self._root = root
        self._captured = captured
        self.err = ""

    def __call__(self, *words: str, ends: int = ExitCode.FINE, lang: str = "en") -> bytes:
        self._captured.readouterr()
        assert typed(self._root, "search", *words, lang=lang) == ends
        out, err = self._captured.readouterr()
        self.err = err.decode()
        return out

    def rows(self, *words: str) -> list[dict[str, object]]:
        return [json.loads(line) for line in self(*words, "--json").splitlines()]


@pytest.fixture
def said(root: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Saying:
    return Saying(root, capfdbinary)


def test_paths_ended_by_nul_are_those_of_all_hits_in_their_order(root: Path, said: Saying) -> None:
    hits = said.rows("合同", "--limit", "100")
    *paths, rest = said("合同", "-0").split(b"\0")
    assert (len(paths), rest) == (PAPERS, b"")
    assert paths == [os.fsencode(root / str(hit["path"])) for hit in hits]
    assert all(Path(os.fsdecode(path)).is_file() for path in paths)
    assert said("--paths", "--null", "合同") == said("-0", "合同")
    assert said("合同", "--paths") == said("合同", "-0").replace(b"\0", b"\n")
    assert said("合同", "-0", "--limit", "2", "--offset", "3").split(b"\0") == [*paths[3:5], b""]
    assert said.err == ""


def test_xargs_takes_them(root: Path, said: Saying) -> None:
    given = said("合同", "-0", "--sort", "added")
    done = subprocess.run(
        ["xargs", "-0", "cat", "--"], input=given, capture_output=True, check=True, cwd=root
    )
    assert done.stdout.decode().count("采购合同") == PAPERS


def written_to(root: Path, output: int) -> subprocess.CompletedProcess[str]:
    """A search of a process of its own, which writes its hits to `output`."""
    command = [sys.executable, "-m", "archiver.cli.app", "--lang", "en", "--vault", str(root)]
    return subprocess.run(
        [*command, "search", "合同", "--json"],
        stdout=output,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )


def test_a_reader_that_goes_away_is_no_error(root: Path) -> None:
    """`| head` closes the pipe before all is written."""
    reading, writing = os.pipe()
    os.close(reading)
    done = written_to(root, writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (ExitCode.FINE, "")


def test_an_output_that_takes_nothing_is_told(root: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = written_to(root, full.fileno())
    assert done.returncode == ExitCode.STORE
    assert "writing failed" in done.stderr


def test_paths_of_nothing_are_nothing(said: Saying) -> None:
    assert said("没有这样的词", "-0") == b""
    assert "Nothing found" in said.err


@pytest.mark.parametrize("other", ["--json", "--csv", "--facets"])
def test_paths_go_with_no_other_form(said: Saying, other: str) -> None:
    assert said("合同", "--paths", other, ends=ExitCode.USAGE) == b""
    assert said("合同", "-0", other, ends=ExitCode.USAGE) == b""


def test_pages_join_to_the_whole_list(said: Saying) -> None:
    whole = said.rows("合同", "--limit", "100")
    pages = [said.rows("合同", "--limit", "7", "--offset", str(at)) for at in range(0, PAPERS, 7)]
    assert [hit for page in pages for hit in page] == whole
    assert len(said.rows("合同")) == 20
    said("合同", "--limit", "2", "--offset", "3")
    assert said.err == f"4 to 5 of {PAPERS} papers\n"
    assert said("合同", "--offset", str(PAPERS)) == b""
    assert said.err == f"There are {PAPERS} papers only.\n"


def test_counts_take_the_place_of_hits_for_scripts(said: Saying) -> None:
    counts = said.rows("合同", "--facets", "--limit", "1")
    assert all(list(one) == ["facet", "value", "name", "count"] for one in counts)
    told = {(one["facet"], one["value"]): (one["name"], one["count"]) for one in counts}
    assert told["category", "contract"] == ("Contract", PAPERS)
    assert told["year", "2024"] == (None, PAPERS)
    assert told["state", "undetermined"] == ("undetermined", PAPERS)
    assert sum(facet == "customer" for facet, _ in told) == PAPERS
    listed = list(csv.DictReader(io.StringIO(said("合同", "--facets", "--csv").decode())))
    assert [one["count"] for one in listed] == [str(one["count"]) for one in counts]
    assert list(said.rows("合同")[0]) == [
        *("document", "score", "customer", "customer_name", "category", "date", "title"),
        *("path", "snippet", "near"),
    ]


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ["Contract (25)", "Year", "17 more", "2024 (25)", "undetermined (25)"]),
        ("zh", ["合同 (25)", "年度", "另有 17 项", "2024 (25)", "未定 (25)"]),
    ],
)
def test_counts_follow_the_hits_within_the_screen(
    said: Saying, monkeypatch: pytest.MonkeyPatch, lang: str, told: list[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    hits, _, counts = said("合同", "--facets", lang=lang).decode().partition("\n\n")
    assert hits == said("合同", lang=lang).decode().rstrip("\n")
    assert max(map(width, counts.splitlines())) <= 80
    for one in told:
        assert one in counts
    assert said("没有这样的词", "--facets", lang=lang) == b""
