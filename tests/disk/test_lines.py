import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from archiver.disk.lines import append_lines, count_lines, last_line, replace_text
from archiver.disk.probe import probe


def test_a_torn_last_line_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "current.jsonl"
    append_lines(path, ["一", "二"])
    with path.open("ab") as stream:
        stream.write(b'{"torn": ')
    assert count_lines(path) == 2
    append_lines(path, ["三"])
    assert path.read_text(encoding="utf-8") == "一\n二\n三\n"


@given(st.integers(0, 200_000))
def test_whole_lines_are_found_in_files_of_any_length(length: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lines"
        path.write_bytes(b"first\n" + b"x" * length)
        append_lines(path, ["second"])
        assert path.read_bytes() == b"first\nsecond\n"


def test_replacing_leaves_no_draft(tmp_path: Path) -> None:
    path = tmp_path / ("原因" * 40 + ".txt")
    replace_text(path, "旧")
    replace_text(path, "新")
    assert path.read_text(encoding="utf-8") == "新"
    assert list(tmp_path.iterdir()) == [path]


def test_the_probe_leaves_nothing_behind(tmp_path: Path) -> None:
    found = probe(tmp_path)
    assert found.exclusive
    assert found.locks
    assert found.sync_ms > 0
    assert list(tmp_path.iterdir()) == []


@given(
    st.lists(st.text(st.characters(exclude_characters="\n\r"), max_size=40), max_size=6), st.text()
)
def test_the_last_whole_line(lines: list[str], torn: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "lines")
        assert last_line(path) == ""
        append_lines(path, lines)
        assert last_line(path) == (lines[-1] if lines else "")
        with path.open("ab") as stream:
            stream.write(torn.replace("\n", "").encode("utf-8", "replace"))
        assert last_line(path) == (lines[-1] if lines else "")
        assert count_lines(path) == len(lines)


def test_a_line_longer_than_a_piece(tmp_path: Path) -> None:
    append_lines(tmp_path / "a", ["short", "x" * 200_000])
    assert len(last_line(tmp_path / "a")) == 200_000
