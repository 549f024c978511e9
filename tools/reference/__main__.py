"""Write `docs/reference.md`: `python -m tools.reference`.

Commands come from the front door, codes and settings from the code and the shipped declarations,
the keys of listings from a small vault of sample papers that is made, asked and thrown away.
"""

from pathlib import Path

from tools.reference.page import page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference.md"

if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
