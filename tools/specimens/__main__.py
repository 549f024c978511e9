"""Draw `sample_vault/`: `python -m tools.specimens --font FONT.ttf` (Chinese, free to embed).

The parties, events and searches stand in `sample_vault/firm.toml`; this draws the papers and
writes `truth.json`, which says what each is and where it must end. Papers that are there already
stay as they are, unless `--all` is given.
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path

from archiver.declarations.categories import read_categories
from tools.specimens import dossiers, first, parcels, partners
from tools.specimens.studio import Studio

_SCENES = (first, dossiers, partners, parcels)


def main() -> None:
    """Draw everything, and put into place what is new."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--font", type=Path, required=True)
    parser.add_argument("--all", action="store_true", help="replace the papers that are there")
    options = parser.parse_args()
    root = Path(__file__).resolve().parents[2]
    inbox = root / "sample_vault" / "inbox"
    categories = read_categories(root / "rules" / "categories.toml")
    with tempfile.TemporaryDirectory() as scratch:
        drawn = Path(scratch) / "inbox"
        studio = Studio(drawn, Path(scratch), categories, options.font)
        for scene in _SCENES:
            scene.draw(studio)
        _put(drawn, inbox, anew=options.all)
    truth = json.dumps(studio.truth, ensure_ascii=False, indent=1)
    (root / "sample_vault" / "truth.json").write_text(f"{truth}\n", encoding="utf-8")


def _put(drawn: Path, inbox: Path, *, anew: bool) -> None:
    """Make the inbox hold exactly the drawn papers."""
    if anew:
        shutil.rmtree(inbox, ignore_errors=True)
    files = {path.relative_to(drawn) for path in drawn.rglob("*") if path.is_file()}
    for old in inbox.rglob("*"):
        if old.is_file() and old.relative_to(inbox) not in files:
            old.unlink()
    for file in files:
        target = inbox / file
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(drawn / file, target)


if __name__ == "__main__":
    main()
