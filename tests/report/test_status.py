"""Status says what the report says, in the same words for one as for many."""

from datetime import timedelta
from pathlib import Path

import pytest

from archiver.report.status import status
from tests.cli.inside import typed
from tests.report.firm import MAY, Hands, gathered, rows, world


@pytest.mark.parametrize(("days", "late"), [(-1, False), (0, False), (1, True), (400, True)])
def test_overdue_inspections_are_those_of_the_report(tmp_path: Path, days: int, late: bool) -> None:
    with world(tmp_path / "vault") as vault:
        interval = vault.settings.retention.inspection_interval_days
        vault.__dict__["clock"] = Hands(MAY + timedelta(days=interval + days))
        found = status(vault).inspections_overdue
        sql = "SELECT count(*) FROM documents WHERE checked_on >= '2026-05-20'"
        of_may = int(str(rows(vault, sql)[0][0]))
        total = int(str(rows(vault, "SELECT count(*) FROM documents")[0][0]))
        assert 0 < of_may < total
        assert found == (total if late else total - of_may)
        assert gathered(vault).inspection.overdue == found


def test_the_interval_is_the_one_of_the_vault(tmp_path: Path) -> None:
    with world(tmp_path / "vault") as vault:
        before = status(vault).inspections_overdue
        said = vault.settings.retention.model_copy(update={"inspection_interval_days": 1})
        vault.settings = vault.settings.model_copy(update={"retention": said})
        found = gathered(vault).inspection
        assert (before, status(vault).inspections_overdue) == (0, found.overdue)
        assert (found.overdue, found.interval) == (1, 1)


def test_it_is_said_in_words_that_fit_the_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "vault"
    with world(root) as vault, vault.catalogue.write() as tx:
        tx.exec_driver_sql("UPDATE documents SET checked_on = '2099-01-01'")
        tx.exec_driver_sql("UPDATE documents SET checked_on = '2020-01-01' WHERE id = 'D000001'")
    assert typed(root, "status") == 0
    told = capsys.readouterr().out
    assert "1 file was not read for too long: archiver check --deep" in told
    assert "1 file in quarantine, 1 waiting in the inbox" in told
