"""The files to copy say what this program understands."""

import re
import shlex
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest

from archiver.cli.app import _COMMANDS
from archiver.disk.claim import CLAIMS
from archiver.disk.place import DRAFT

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
OURS = [path for path in UNITS if "failed" not in path.name]


def unit(path: Path) -> ConfigParser:
    parser = ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(path.read_text(encoding="utf-8"))
    return parser


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_units_run_commands_that_exist_with_no_more_rights_than_needed(path: Path) -> None:
    service = unit(path)["Service"]
    name = service["ExecStart"].partition("/opt/archiver/bin/archiver ")[2].split()[0]
    assert name in {*_COMMANDS, "report"}
    assert service["ProtectSystem"] == "strict"
    assert service["ReadWritePaths"].split()[0] == "/srv/archive"
    for key in ("NoNewPrivileges", "PrivateTmp", "ProtectHome", "PrivateNetwork"):
        assert service[key] == "yes"
    assert "RestrictSUIDSGID" not in service, "folders of the vault are set-group-ID"
    assert service["User"] == service["Group"] == "archive"


def test_the_service_is_told_to_stop_and_given_time() -> None:
    service = unit(DEPLOY / "systemd" / "archiver.service")["Service"]
    assert (service["KillSignal"], service["KillMode"]) == ("SIGTERM", "mixed")
    assert service["OOMPolicy"] == "continue"
    assert "TimeoutStopSec" in service


def test_the_report_is_of_the_month_that_ended() -> None:
    """The line of the unit as systemd hands it on, with `date` told what day it is."""
    line = unit(DEPLOY / "systemd" / "archiver-report.service")["Service"]["ExecStart"]
    shell = line.replace("$$", "$").replace("%%", "%").replace("/opt/archiver/bin/archiver", "echo")
    for today, month in (("2026-12-01", "2026-11"), ("2027-01-31", "2026-12")):
        told = shell.replace("date +", f"date -d {today} +")
        *_, command = shlex.split(told)
        done = subprocess.run(
            ["/bin/sh", "-c", command], capture_output=True, text=True, check=True
        )
        assert done.stdout.split() == ["report", "--period", month]


def test_a_service_that_keeps_failing_is_told() -> None:
    parsed = unit(DEPLOY / "systemd" / "archiver.service")
    burst = int(parsed["Unit"]["StartLimitBurst"])
    assert parsed["Unit"]["StartLimitIntervalSec"] == "10min"
    assert burst * int(parsed["Service"]["RestartSec"].removesuffix("s")) < 600


def test_every_timer_has_its_service() -> None:
    for timer in (DEPLOY / "systemd").glob("*.timer"):
        assert timer.with_suffix(".service").is_file()
        assert unit(timer)["Timer"]["Persistent"] == "yes"


def test_shares_hide_claims_and_drafts() -> None:
    shares = unit(DEPLOY / "samba" / "smb.conf")
    hidden = shares["inbox"]["veto files"].split("/")
    assert CLAIMS in hidden
    assert f"{DRAFT}*" in hidden
    assert (shares["inbox"]["read only"], shares["archive"]["read only"]) == ("no", "yes")


def test_the_manual_names_every_file_to_copy() -> None:
    manual = "\n".join(page.read_text("utf-8") for page in (ROOT / "docs").glob("*.md"))
    for path in DEPLOY.rglob("*"):
        if path.is_file() and path.suffix != ".timer":
            known = path.relative_to(ROOT).as_posix(), path.name, f"{path.stem}.timer"
            assert any(name in manual for name in known), path
    for target in re.findall(r"\]\(((?:\.\./)?[a-z]+[a-z./]*)\)", manual):
        assert (ROOT / "docs" / target).exists(), target
