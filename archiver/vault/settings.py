"""`vault.toml`: the few things a vault lets its administrator choose."""

from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field

from archiver.core.errors import N_, Phrase
from archiver.declarations.strict import Strict, read_toml
from archiver.vault.glance import SEARCH, TIMEZONE


def _known_zone(name: str) -> str:
    """Refuse a time zone that the tz database does not know."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(Phrase.of(N_("no such time zone: {name}"), name=name)) from error
    return name


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


class Settings(Strict):
    """The whole of `vault.toml`.

    Attributes:
        format: shape of the vault folder; this program writes 1.
        lang: language of folder names, reason files and reports.
        timezone: civil days are days of this zone.
        catalogue: address of the catalogue; files lie beside `vault.toml`.
        search: address of the search index; files lie beside `vault.toml`.
    """

    format: Literal[1] = 1
    lang: Literal["zh", "en"] = "zh"
    timezone: Annotated[str, AfterValidator(_known_zone)] = TIMEZONE
    catalogue: str = "sqlite:///catalogue.db"
    search: str = SEARCH
    settle: SettleSettings = SettleSettings()
    watch: WatchSettings = WatchSettings()
    reading: ReadingSettings = ReadingSettings()

    @property
    def zone(self) -> ZoneInfo:
        """The archive's time zone."""
        return ZoneInfo(self.timezone)


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
"""
