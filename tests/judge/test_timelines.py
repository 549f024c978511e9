"""Worked timelines, ours and the published ones, replayed against the judge."""

from pathlib import Path

import pytest

from tests.retention_oracle import Case, cases, replay

OURS = Path(__file__).with_name("timelines.json")
PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "oracle" / "retention_cases.json"


@pytest.mark.parametrize("case", tuple(cases(OURS)), ids=lambda case: case.id)
def test_our_own_timelines(case: Case) -> None:
    assert case.imagine() is None


@pytest.mark.parametrize("case", tuple(cases(OURS)), ids=lambda case: case.id)
def test_our_own_timelines_in_a_vault(case: Case) -> None:
    assert case.play() is None


def test_the_published_cases(capsys: pytest.CaptureFixture[str]) -> None:
    if not PUBLISHED.is_file():
        pytest.skip("the published retention cases are not here")
    total = replay(PUBLISHED)
    told = capsys.readouterr().out.splitlines()
    assert not [line for line in told if " failed: " in line]
    assert total.failed == 0
    assert total.passed >= 99
    assert told[-1] == f"{total.passed} passed, 0 failed, {total.unplayed} not playable yet"


def test_a_wrong_case_fails_and_says_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = OURS.read_text(encoding="utf-8").replace(
        '"retain_through": "2022-09-15"', '"retain_through": "2022-09-14"'
    )
    file = tmp_path / "wrong.json"
    file.write_text(text, encoding="utf-8")
    total = replay(file, only="earliest-late")
    assert (total.passed, total.failed) == (0, 1)
    told = capsys.readouterr().out
    assert "earliest-late failed: step 3, 2021-09-16 check" in told
    assert "'2022-09-15', expected '2022-09-14'" in told


def test_an_act_nobody_has_built_is_said_not_skipped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = OURS.read_text(encoding="utf-8").replace('"type": "fixity"', '"type": "burn"')
    file = tmp_path / "new.json"
    file.write_text(text, encoding="utf-8")
    assert replay(file, only="incident").unplayed == 1
    assert "incident not playable yet: burn" in capsys.readouterr().out
