"""`vault.toml`: the few things a vault lets its administrator choose."""

from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field

from archiver.core.errors import N_, Phrase
from archiver.declarations.rule import Flag
from archiver.declarations.strict import Strict, read_toml
from archiver.vault.glance import SEARCH, TIMEZONE
from archiver.vault.people import PersonSettings, distinct


def _known_zone(name: str) -> str:
    """Refuse a time zone that the tz database does not know."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(Phrase.of(N_("no such time zone: {name}"), name=name)) from error
    return name


def _under_the_inbox(path: str) -> str:
    """Refuse what cannot be a folder of the inbox."""
    if not path or any(not step or step.startswith(".") for step in path.split("/")):
        raise ValueError(Phrase.of(N_("no folder of the inbox: {path}"), path=path))
    return path


def _told_apart(people: tuple[PersonSettings, ...]) -> tuple[PersonSettings, ...]:
    """Refuse persons that cannot be told apart."""
    distinct(people)
    return people


class SettleSettings(Strict):
    """When a dropped file counts as complete.

    Attributes:
        quiet: seconds during which size, mtime and inode must not change.
        unfinished: the same for a file whose end is missing (a PDF, a TIFF, a JPEG, a ZIP).
    """

    quiet: float = Field(default=2.0, ge=0, le=3600)
    unfinished: float = Field(default=30.0, ge=0, le=3600)


class WatchSettings(Strict):
    """How the resident service looks.

    Attributes:
        sweep: seconds between two sweeps of the inbox when no event arrives.
    """

    sweep: float = Field(default=5.0, gt=0, le=3600)


class ReadingSettings(Strict):
    """How papers are read.

    Attributes:
        engine: which OCR engine; `auto` takes the fastest that this processor suits.
        parsers: worker processes that open files.
        recognisers: worker processes that read pixels.
    """

    engine: Literal["auto", "onnxruntime", "openvino"] = "auto"
    parsers: int = Field(default=2, ge=1, le=64)
    recognisers: int = Field(default=2, ge=1, le=64)


class RetentionSettings(Strict):
    """Days of grace and of notice, and what the way of a due paper takes.

    Attributes:
        ingest_grace_days: after receipt nothing can be disposed of.
        post_release_grace_days: after the release of a hold.
        shortening_notice_days: after something was shortened with two people's consent, or a
            backup was put back.
        cooling_off_days: from approval to destruction, at least.
        approval_valid_days: from approval to destruction, at most.
        inspection_interval_days: a good inspection is due this often.
        withdraw_days: a wrong drop can be taken back so long.
        non_reappraisable_flags: never come off a customer.
        backups_kept_days: after so many days the last backup that holds a paper is gone; None
            where nobody has said so.
    """

    ingest_grace_days: int = Field(default=30, ge=0)
    post_release_grace_days: int = Field(default=30, ge=0)
    shortening_notice_days: int = Field(default=30, ge=0)
    cooling_off_days: int = Field(default=7, ge=0)
    approval_valid_days: int = Field(default=90, ge=1)
    inspection_interval_days: int = Field(default=180, ge=1)
    withdraw_days: int = Field(default=30, ge=0)
    non_reappraisable_flags: tuple[Flag, ...] = (Flag.ACCIDENT,)
    backups_kept_days: int | None = Field(default=None, ge=1)


class QuarantineSettings(Strict):
    """Who is told of what could not be taken in.

    Attributes:
        command: a program and its arguments, run without a shell after each batch in which
            something was put aside; it is given one JSON object a file.
    """

    command: tuple[str, ...] = ()


class BatchSettings(Strict):
    """A folder of the inbox whose scans hold several papers each.

    Attributes:
        folder: its path under the inbox, with forward slashes; folders below count too.
        split: what divides a scan, a list: `blank` pages, `separator` sheets, or both.
        separator: text of the QR or bar code on a separator sheet.
    """

    folder: Annotated[str, AfterValidator(_under_the_inbox)]
    split: tuple[Literal["blank", "separator"], ...] = Field(min_length=1)
    separator: str = Field(default="ARCHIVER-NEXT", min_length=1, max_length=100)


class ClockSettings(Strict):
    """How far the clock of the machine is believed.

    Attributes:
        max_unattended_days: a clock further ahead than this of the last day known here is not
            believed until two people confirm it; 0 believes any.
    """

    max_unattended_days: int | None = Field(default=90, ge=0, le=36500)

    @property
    def most(self) -> int | None:
        """Days that are believed; None for any."""
        return self.max_unattended_days or None


class Settings(Strict):
    """The whole of `vault.toml`.

    Attributes:
        format: shape of the vault folder; this program writes 1.
        lang: language of folder names, reason files and reports.
        timezone: civil days are days of this zone.
        catalogue: address of the catalogue; files lie beside `vault.toml`.
        search: address of the search index; files lie beside `vault.toml`.
        batch: folders whose scans are divided into papers.
        person: who works here; while nobody is declared everybody may do everything.
    """

    format: Literal[1] = 1
    lang: Literal["zh", "en"] = "zh"
    timezone: Annotated[str, AfterValidator(_known_zone)] = TIMEZONE
    catalogue: str = "sqlite:///catalogue.db"
    search: str = SEARCH
    settle: SettleSettings = SettleSettings()
    watch: WatchSettings = WatchSettings()
    reading: ReadingSettings = ReadingSettings()
    retention: RetentionSettings = RetentionSettings()
    quarantine: QuarantineSettings = QuarantineSettings()
    clock: ClockSettings = ClockSettings()
    batch: tuple[BatchSettings, ...] = ()
    person: Annotated[tuple[PersonSettings, ...], AfterValidator(_told_apart)] = ()

    @property
    def zone(self) -> ZoneInfo:
        """The archive's time zone."""
        return ZoneInfo(self.timezone)

    def person_of(self, login: str) -> PersonSettings | None:
        """The declared person who has that account."""
        return next((one for one in self.person if login in one.logins), None)


def read_settings(path: Path) -> Settings:
    """Read `vault.toml`.

    Raises:
        DeclarationError: an unknown key or an impossible value, named with its key path.
    """
    return read_toml(path, Settings)


def settings_text(lang: str, timezone: str) -> str:
    """A fresh `vault.toml`, with every setting shown at its default."""
    return f"""\
# Settings of this vault. Every key is optional except format; unknown keys are refused.
format = 1

# Language of folder names, reason files and reports: zh or en. Chosen once.
lang = "{lang}"

# Civil days (dates of papers, retention) are days of this zone.
timezone = "{timezone}"

# Where the catalogue and the search index live; files lie beside this one.
catalogue = "sqlite:///catalogue.db"
search = "whoosh:index"

[settle]
quiet = 2.0        # seconds a dropped file must stay unchanged before it is taken
unfinished = 30.0  # the same for a file whose end is missing: it may still be on its way

[watch]
sweep = 5.0        # seconds between two looks at the inbox when no event arrives

[reading]
engine = "auto"    # auto, onnxruntime or openvino
parsers = 2        # processes that open files
recognisers = 2    # processes that read pixels

[retention]
ingest_grace_days = 30         # after receipt nothing can be disposed of
post_release_grace_days = 30   # nor after the release of a hold
shortening_notice_days = 30    # nor after two people shortened something, or a restore
cooling_off_days = 7           # from approval to destruction, at least
approval_valid_days = 90       # from approval to destruction, at most
inspection_interval_days = 180
withdraw_days = 30             # so long a wrong drop can be taken back
non_reappraisable_flags = ["accident"]
# backups_kept_days = 365      # when the last backup of a destroyed paper is gone

[quarantine]
command = []       # run when something is put aside, e.g. ["/usr/local/bin/tell-clerk"]

[clock]
max_unattended_days = 90  # a clock further ahead than this waits for two people; 0 believes any

# A folder of the inbox whose scans hold several papers each; as many of these as there are folders.
# [[batch]]
# folder = "扫描仪"
# split = ["blank", "separator"]    # at blank pages, at separator sheets, or both
# separator = "ARCHIVER-NEXT"       # text of the QR or bar code on a separator sheet

# Who works here; as many of these as there are people. Without any, everybody may do everything.
# Roles: clerk, archivist, approver, witness, auditor, administrator.
# [[person]]
# name = "档案员"
# logins = ["archivist", "archivist-laptop"]    # accounts of one person are one person
# roles = ["clerk", "archivist"]
"""
