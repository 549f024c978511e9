"""What a search needs of `vault.toml`, without waiting for the library that checks all of it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LANG, TIMEZONE, SEARCH = "zh", "Asia/Shanghai", "whoosh:index"
"""What counts where the file says nothing."""
KEYS: Mapping[str, frozenset[str] | None] = {
    **dict.fromkeys(("format", "lang", "timezone", "catalogue", "search", "batch", "person")),
    "settle": frozenset({"quiet", "unfinished"}),
    "watch": frozenset({"sweep"}),
    "reading": frozenset({"engine", "parsers", "recognisers"}),
    "quarantine": frozenset({"command"}),
    "retention": frozenset(
        {
            *("ingest_grace_days", "post_release_grace_days", "shortening_notice_days"),
            *("cooling_off_days", "approval_valid_days", "inspection_interval_days"),
            *("withdraw_days", "non_reappraisable_flags", "backups_kept_days"),
        }
    ),
    "clock": frozenset({"max_unattended_days"}),
}
"""Every key there is; for a table the keys in it."""


@dataclass(frozen=True, slots=True)
class Glance:
    """The language of folders and reports, the zone of civil days, the address of the index."""

    lang: str
    zone: ZoneInfo
    search: str


def glance(path: Path) -> Glance | None:
    """Read `vault.toml`; None where it is not plainly right: who reads all of it says why."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        if not all(_is_known(key, value) for key, value in raw.items()):
            return None
        zone = ZoneInfo(raw.get("timezone", TIMEZONE))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return None
    except (ZoneInfoNotFoundError, ValueError, TypeError):
        return None
    lang, search = raw.get("lang", LANG), raw.get("search", SEARCH)
    return Glance(lang, zone, search) if lang in {"zh", "en"} and isinstance(search, str) else None


def _is_known(key: str, value: object) -> bool:
    if key not in KEYS:
        return False
    inside = KEYS[key]
    return inside is None or (isinstance(value, dict) and value.keys() <= inside)
