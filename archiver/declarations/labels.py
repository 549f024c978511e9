"""What categories are called, glanced at: for a search, which must not wait for the full check."""

from collections.abc import Mapping
from pathlib import Path

from archiver.core.errors import DeclarationError
from archiver.declarations.toml import raw_toml


def glance_labels(path: Path, lang: str) -> Mapping[str, str]:
    """Code → label in `lang`, of whatever is plainly written in `categories.toml`.

    A file that cannot be followed gives no labels: saying what is wrong with it is for others.
    """
    try:
        listed = raw_toml(path).get("category")
    except DeclarationError:
        return {}
    found = {}
    for one in listed if isinstance(listed, list) else ():
        code, label = (one.get("code"), one.get("label")) if isinstance(one, dict) else ("", {})
        if isinstance(code, str) and isinstance(label, dict) and isinstance(label.get(lang), str):
            found[code] = label[lang]
    return found
