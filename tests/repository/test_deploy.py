"""The files to copy say what this program understands."""

import re
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
    _, name, *_ = service["ExecStart"].split()
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
